//! The browser client: the page, its files, and the addresses that it renders itself.

mod answer;
mod encoding;
pub(crate) mod site;
#[cfg(test)]
mod tests;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode, header},
    web::{self, ServiceConfig},
};

use crate::rest::page;
use site::Site;

/// The addresses that the page renders itself; all of them are answered with the same page. The end of a link to a room
/// or a replay is left to the page, as links are pasted with all sorts of endings.
const SCREENS: [&str; 7] = ["/", "/room/{id:.*}", "/replay/{id:.*}", "/log", "/me", "/user/{id:.*}", "/admin"];

/// The page's screens, and every file that it may load.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let both = |path: &str, handler: fn() -> actix_web::Route| {
        page::page(path, [(Method::GET, handler()), (Method::HEAD, handler())])
    };
    for screen in SCREENS {
        config.service(both(screen, || web::route().to(screen_of)));
    }
    for folder in ["/assets/{file}", "/favicon.svg"] {
        config.service(both(folder, || web::route().to(file)));
    }
}

async fn screen_of(site: web::Data<Site>, request: HttpRequest) -> HttpResponse {
    answer::with(site.index(), &request)
}

/// The page with 404, for a browser that opens an unknown address; `None` for any other client.
pub(crate) fn missing(request: &HttpRequest) -> Option<HttpResponse> {
    let accepted = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let opens = request.method() == Method::GET && accepted.contains("text/html");
    let site = request.app_data::<web::Data<Site>>().filter(|_| opens)?;
    let mut answer = answer::with(site.index(), request);
    if answer.status().is_success() {
        *answer.status_mut() = StatusCode::NOT_FOUND;
    }
    Some(answer)
}

/// A file of the page.
async fn file(site: web::Data<Site>, request: HttpRequest) -> Result<HttpResponse, crate::rest::answer::Refused> {
    match site.file(request.path().trim_start_matches('/')) {
        Some(asset) => Ok(answer::with(asset, &request)),
        None => Err(answer::nothing()),
    }
}
