//! The browser client: the page, what it loads, and the addresses that it draws itself.

mod answer;
mod encoding;
pub(crate) mod site;
#[cfg(test)]
mod tests;

use actix_web::{
    HttpRequest, HttpResponse,
    http::Method,
    web::{self, ServiceConfig},
};

use crate::rest::page;
use site::Site;

/// The addresses that the page draws itself; a reload or a link answers them with the same page.
const SCREENS: [&str; 7] = ["/", "/room/{id}", "/replay/{id}", "/log", "/me", "/user/{id}", "/admin"];

/// The page's screens, and every file that it may load. Any other address stays with the rest of the server.
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

/// Any screen.
async fn screen_of(site: web::Data<Site>, request: HttpRequest) -> HttpResponse {
    answer::with(site.index(), &request)
}

/// What the page loads.
async fn file(site: web::Data<Site>, request: HttpRequest) -> Result<HttpResponse, crate::rest::answer::Refused> {
    match site.file(request.path().trim_start_matches('/')) {
        Some(asset) => Ok(answer::with(asset, &request)),
        None => Err(answer::nothing()),
    }
}
