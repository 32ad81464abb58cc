//! REST operations. Each is stated once: from it come the route, the limit, and the description with every refusal of
//! its extractors.

use actix_web::{FromRequest, Handler, HttpRequest, Route, http::Method, web};
use contracts::battles::error::{Code, Refusal};
use utoipa::{
    ToSchema,
    openapi::{
        Content, KnownFormat, ObjectBuilder, OpenApi, PathItem, Ref, RefOr, Required, Response, Schema, SchemaFormat,
        Type,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn},
        request_body::{RequestBody, RequestBodyBuilder},
        response::ResponseBuilder,
        security::SecurityRequirement,
    },
};

use super::rates::Kind;

/// An operation. Its method, its path and its success are in the attribute of its handler.
pub(crate) struct Endpoint {
    pub(crate) limit: Kind,
    pub(crate) route: fn() -> Route,
    /// A document with this operation alone.
    pub(crate) document: fn() -> OpenApi,
    pub(crate) extractors: fn(&mut Facts),
    /// What the handler itself refuses, and why.
    pub(crate) refusals: &'static [(Code, &'static str)],
}

/// Lists the operations of a module: the limit, the handler, and the codes that the handler itself refuses with. A text
/// behind a code is the reason, in place of the code's own text.
macro_rules! endpoints {
    ($($limit:ident: $module:ident::$handler:ident $(, $code:ident $(= $reason:literal)?)*;)+) => {
        &[$({
            #[derive(utoipa::OpenApi)]
            #[openapi(paths($module::$handler))]
            struct Document;
            $crate::rest::endpoint::Endpoint {
                limit: $crate::rest::rates::Kind::$limit,
                route: || actix_web::web::route().to($module::$handler),
                document: <Document as utoipa::OpenApi>::openapi,
                extractors: $crate::rest::endpoint::extractors(&$module::$handler),
                refusals: &[$($crate::rest::endpoint::endpoints!(@refusal $code $($reason)?)),*],
            }
        }),+]
    };
    (@refusal $code:ident) => {
        $crate::rest::endpoint::endpoints!(@refusal $code (contracts::battles::error::Code::$code.text()))
    };
    (@refusal $code:ident $reason:expr) => {
        (contracts::battles::error::Code::$code, $reason)
    };
}
pub(crate) use endpoints;

/// What a handler's extractors add to its description.
pub(crate) const fn extractors<H: Handler<Args>, Args: FromRequest + Described>(_: &H) -> fn(&mut Facts) {
    Args::describe
}

impl Endpoint {
    /// The method and the path of the operation, and a document with it alone; `None` if its method is unknown.
    pub(crate) fn describe(&self) -> Option<(Method, String, OpenApi)> {
        let mut document = (self.document)();
        let mut facts = Facts::default();
        (self.extractors)(&mut facts);
        facts.refuse(&[Code::RateLimited]);
        self.refusals.iter().for_each(|(code, reason)| facts.refuse_because(*code, reason));
        let (path, item) = document.paths.paths.iter_mut().next()?;
        let (method, operation) = operations(item).next()?;
        let path = path.clone();
        facts.complete(operation);
        document.components.get_or_insert_default().schemas.extend(facts.schemas);
        Some((method, path, document))
    }
}

/// The operations of an address, by their methods.
pub(crate) fn operations(item: &mut PathItem) -> impl Iterator<Item = (Method, &mut Operation)> {
    let all = [
        (Method::GET, &mut item.get),
        (Method::POST, &mut item.post),
        (Method::PUT, &mut item.put),
        (Method::PATCH, &mut item.patch),
        (Method::DELETE, &mut item.delete),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// What is known of an operation beside the attribute of its handler.
#[derive(Default)]
pub(crate) struct Facts {
    refusals: Vec<(Code, &'static str)>,
    security: Vec<SecurityRequirement>,
    parameters: Vec<Parameter>,
    body: Option<RequestBody>,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Facts {
    /// Requests may be refused with these codes.
    pub(crate) fn refuse(&mut self, codes: &[Code]) {
        codes.iter().for_each(|code| self.refuse_because(*code, code.text()));
    }

    fn refuse_because(&mut self, code: Code, reason: &'static str) {
        match self.refusals.iter_mut().find(|(other, _)| *other == code) {
            Some((_, text)) => *text = reason,
            None => self.refusals.push((code, reason)),
        }
    }

    /// Requests have to pass a security scheme, or another one that is named.
    pub(crate) fn secure(&mut self, scheme: &str) {
        self.security.push(SecurityRequirement::new::<_, [&str; 0], _>(scheme, []));
    }

    /// Requests may have this parameter, a whole number.
    pub(crate) fn number(&mut self, name: &str, description: String, least: u64, most: Option<u64>) {
        let schema = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
            .minimum(Some(least))
            .maximum(most);
        let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query);
        let parameter = parameter.required(Required::False).description(Some(description)).schema(Some(schema));
        self.parameters.push(parameter.build());
    }

    /// Requests have a body of this type; it may be left out unless it is required.
    pub(crate) fn take<T: ToSchema>(&mut self, content_type: &str, required: Option<Required>) {
        let content = Content::new(Some(Ref::from_schema_name(T::name())));
        self.body = Some(RequestBodyBuilder::new().content(content_type, content).required(required).build());
        self.schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(&mut self.schemas);
    }

    fn complete(&mut self, operation: &mut Operation) {
        for (code, reason) in &self.refusals {
            let responses = &mut operation.responses.responses;
            let refusal = format!("`{}`: {reason}.", code.as_str());
            match responses.get_mut(&code.status().to_string()) {
                Some(RefOr::T(response)) => response.description.extend([" ", &refusal]),
                _ => drop(responses.insert(code.status().to_string(), response(refusal).into())),
            }
        }
        if !self.security.is_empty() {
            operation.security = Some(std::mem::take(&mut self.security));
        }
        for parameter in self.parameters.drain(..) {
            operation.parameters.get_or_insert_default().push(parameter.into());
        }
        if let Some(body) = self.body.take() {
            operation.request_body = Some(body.into());
        }
    }
}

fn response(description: String) -> Response {
    let content = Content::new(Some(Ref::from_schema_name(Refusal::name())));
    ResponseBuilder::new().description(description).content("application/json", content).build()
}

/// An extractor, in the description of the operations that have it.
pub(crate) trait Described {
    /// Adds what the extractor needs of a request, and what it refuses.
    fn describe(_: &mut Facts) {}
}

impl<T> Described for web::Data<T> {}

impl<T> Described for web::Path<T> {}

impl Described for HttpRequest {}

macro_rules! describe_tuples {
    ($($name:ident)+) => {
        impl<$($name: Described),+> Described for ($($name,)+) {
            fn describe(facts: &mut Facts) {
                $($name::describe(facts);)+
            }
        }
    };
}

describe_tuples!(A);
describe_tuples!(A B);
describe_tuples!(A B C);
describe_tuples!(A B C D);
describe_tuples!(A B C D E);
