//! An address and the methods that it accepts. Any other is answered with 405 and the list.

use actix_web::{
    HttpResponse, Resource, ResponseError, Route,
    http::{
        Method,
        header::{self, Allow, TryIntoHeaderValue},
    },
    middleware::from_fn,
    web,
};
use contracts::battles::error::{Code, Refusal};

use super::{answer::Refused, rates};

/// An address with a handler for each of its methods.
pub(crate) fn page(path: &str, methods: impl IntoIterator<Item = (Method, Route)>) -> Resource {
    let mut resource = web::resource(path);
    let mut known = Vec::new();
    for (method, route) in methods {
        known.push(method.clone());
        resource = resource.route(route.method(method));
    }
    let allow = Allow(known);
    let refuse = web::to(move || std::future::ready(method_not_allowed(&allow)));
    resource.default_service(refuse.wrap(from_fn(rates::others)))
}

/// An address that accepts GET alone.
pub(crate) fn get(path: &str, route: Route) -> Resource {
    page(path, [(Method::GET, route)])
}

fn method_not_allowed(allow: &Allow) -> HttpResponse {
    let refusal = Refusal::new(Code::MethodNotAllowed, format!("This address accepts only {allow}"));
    let mut answer = Refused(refusal).error_response();
    if let Ok(value) = allow.clone().try_into_value() {
        answer.headers_mut().insert(header::ALLOW, value);
    }
    answer
}
