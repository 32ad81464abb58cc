//! The built page in memory: each file with its compressed copies, its type and its tag.

use std::{borrow::Cow, collections::HashMap};

use actix_web::web::Bytes;
use rust_embed::Embed;
use sha2::{Digest, Sha256};

use super::encoding::Encoding;
use crate::secret;

/// The result of `make web`; without it the server has no page.
#[derive(Embed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Built;

const INDEX: &str = "index.html";
/// In this folder, all files have a hash of their contents in their names.
const HASHED: &str = "assets/";
const NOT_BUILT: &str = include_str!("not_built.html");

/// A file of the page.
pub(crate) struct Asset {
    /// The file itself, and its copy in each encoding that made it smaller.
    pub(super) copies: Vec<(Encoding, Bytes)>,
    /// Its `Content-Type`.
    pub(super) mime: &'static str,
    /// A hash of the file itself; the `ETag` of every copy begins with it.
    pub(super) tag: String,
    /// Whether its name changes with its contents.
    pub(super) is_hashed: bool,
}

/// Every file of the page by its path.
pub(crate) struct Site {
    files: HashMap<String, Asset>,
    fallback: Asset,
}

impl Site {
    /// The files in this binary.
    pub(crate) fn embedded() -> Self {
        Self::of(Built::iter().filter_map(|path| Some((path.to_string(), bytes(Built::get(&path)?.data)))))
    }

    /// A site of these files; `name.br` and `name.gz` are copies of `name`.
    pub(super) fn of(files: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        let mut plain: HashMap<String, Bytes> = files.into_iter().collect();
        let packed: HashMap<String, Bytes> = plain.extract_if(|path, _| Encoding::of_name(path).is_some()).collect();
        let asset = |(path, bytes): (String, Bytes)| {
            let copy = |encoding: Encoding| {
                packed.get(&format!("{path}.{}", encoding.extension())).map(|bytes| (encoding, bytes.clone()))
            };
            let copies = Encoding::PACKED.into_iter().filter_map(copy).collect();
            let asset = Asset::new(&path, bytes, copies);
            (path, asset)
        };
        Self { files: plain.into_iter().map(asset).collect(), fallback: not_built() }
    }

    /// The page itself, or one that says that it was not built.
    pub(super) fn index(&self) -> &Asset {
        self.file(INDEX).unwrap_or(&self.fallback)
    }

    /// A file by its path below the root.
    pub(super) fn file(&self, path: &str) -> Option<&Asset> {
        self.files.get(path)
    }
}

impl Asset {
    fn new(path: &str, bytes: Bytes, mut copies: Vec<(Encoding, Bytes)>) -> Self {
        let tag = tag(&bytes);
        copies.push((Encoding::Identity, bytes));
        Self { copies, mime: mime(path), tag, is_hashed: path.starts_with(HASHED) }
    }
}

fn not_built() -> Asset {
    Asset::new(INDEX, Bytes::from_static(NOT_BUILT.as_bytes()), Vec::new())
}

/// Without copying what is part of the binary.
fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    }
}

/// Half of the SHA-256 in hex, which is enough to distinguish the versions of a file.
fn tag(bytes: &[u8]) -> String {
    secret::hex(&Sha256::digest(bytes)[..16])
}

fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "json" | "webmanifest" => "application/json",
        _ => "application/octet-stream",
    }
}
