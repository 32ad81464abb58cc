//! The published schemas of texts that have a type of their own. Each states its bounds here; no contract repeats them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{AccountId, Name, RoomId};

macro_rules! texts {
    ($($type:ty as $name:literal inline $inline:literal { $($bounds:tt)+ })+) => {$(
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                $inline
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", $($bounds)+ })
            }
        }
    )+};
}

texts! {
    RoomId as "RoomId" inline true { "pattern": "^[A-HJ-NP-Z2-9]{8}$" }
    AccountId as "AccountId" inline true { "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" }
    // No pattern can express all of it.
    Name as "NameText" inline false {
        "description": "A name: 1 to 50 characters after trimming, in Unicode's form NFC, without control characters, \
                        invisible characters and those that reverse the text; at most four marks on one letter.",
        "minLength": 1,
        "examples": ["Tuesday"],
    }
}
