//! A file as an HTTP answer: compressed as the browser accepts it, and not sent again if the browser has it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, CacheControl, CacheDirective, ETag, EntityTag, Header, IfNoneMatch},
};
use contracts::battles::error::Code;

use super::{encoding::Encoding, site::Asset};
use crate::rest::answer::Refused;

const A_YEAR: u32 = 31_536_000;

/// The file, or 304 if it has not changed.
pub(super) fn with(asset: &Asset, request: &HttpRequest) -> HttpResponse {
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let takes = |encoding: Encoding| encoding.is_accepted(accepted.unwrap_or_default());
    let Some((encoding, bytes)) = asset.copies.iter().find(|(encoding, _)| takes(*encoding)) else {
        return HttpResponse::NotAcceptable().finish();
    };
    let suffix = encoding.token().map_or_else(String::new, |token| format!("-{token}"));
    let tag = EntityTag::new_strong(format!("{}{suffix}", asset.tag));
    let mut answer = if is_known(request, &tag) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer
        .insert_header(ETag(tag.clone()))
        .insert_header(kept(asset))
        .insert_header((header::VARY, header::ACCEPT_ENCODING.as_str()));
    if is_known(request, &tag) {
        return answer.finish();
    }
    if let Some(token) = encoding.token() {
        answer.insert_header((header::CONTENT_ENCODING, token));
    }
    answer.content_type(asset.mime).body(bytes.clone())
}

/// A file with its hash in its name never changes. Browsers check any other file each time, and mostly have it.
fn kept(asset: &Asset) -> CacheControl {
    CacheControl(if asset.is_hashed {
        let forever = CacheDirective::Extension("immutable".to_owned(), None);
        vec![CacheDirective::Public, CacheDirective::MaxAge(A_YEAR), forever]
    } else {
        vec![CacheDirective::NoCache]
    })
}

fn is_known(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => request.headers().contains_key(header::IF_NONE_MATCH),
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|known| known.weak_eq(tag)),
        Err(_) => false,
    }
}

pub(super) fn nothing() -> Refused {
    Code::NotFound.into()
}
