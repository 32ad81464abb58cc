//! The bodies about accounts. Unknown fields are ignored. They have no `Debug`, as all of them hold secrets.

use schemars::JsonSchema;
use serde_json::{Map, Value, json};
use vocabulary::Name;

use super::FromJson;
use crate::{
    battles::{
        AVATAR_URL_MAX_CHARS, PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS, USERNAME_MAX_CHARS, USERNAME_MIN_CHARS,
        error::Refusal,
    },
    fields::Fields,
    nul::{self, field_with_nul},
};

/// `POST /auth/register`: a new account.
#[derive(JsonSchema)]
#[schemars(rename = "RegisterRequest")]
pub struct Registration {
    /// Letters, digits, `_` and `-`. Case is kept, but ignored when names are compared.
    #[schemars(
        length(min = USERNAME_MIN_CHARS, max = USERNAME_MAX_CHARS),
        regex(pattern = "^[A-Za-z0-9_-]+$"),
        example = &"Ann_7"
    )]
    pub username: String,
    /// The password; any characters.
    #[schemars(with = "NewPassword")]
    pub password: String,
}

impl FromJson for Registration {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let fields = Fields::new(values);
        fields.require(&["username", "password"])?;
        let username = fields.text("username")?;
        if !is_username(username) {
            let allowed = json!({ "min_length": USERNAME_MIN_CHARS, "max_length": USERNAME_MAX_CHARS, "characters": "A-Za-z0-9_-" });
            return Err(Refusal::out_of_range(
                "username",
                "is not 3 to 32 characters of A-Z, a-z, 0-9, _ and -",
                allowed,
            ));
        }
        let password = checked_password("password", fields.text("password")?)?;
        Ok(Self { username: username.to_owned(), password })
    }
}

/// A password that is chosen now; any characters.
#[derive(JsonSchema)]
#[schemars(inline)]
#[expect(dead_code, reason = "only described")]
pub(in crate::battles) struct NewPassword(
    #[schemars(
        length(min = PASSWORD_MIN_CHARS, max = PASSWORD_MAX_CHARS),
        example = &"correct horse 9",
        extend("format" = "password")
    )]
    String,
);

/// `POST /auth/login` (seed, "Authentication"). Only the types are checked: a name that can't exist is simply wrong.
#[derive(JsonSchema)]
#[schemars(rename = "AuthRequest")]
pub struct Credentials {
    /// The username, in any case.
    #[schemars(example = &"Ann_7")]
    pub username: String,
    /// The account's password.
    #[schemars(extend("format" = "password"))]
    pub password: String,
}

impl FromJson for Credentials {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let fields = Fields::new(values);
        fields.require(&["username", "password"])?;
        Ok(Self { username: fields.text("username")?.to_owned(), password: fields.text("password")?.to_owned() })
    }
}

/// `POST /token`: the OAuth2 password form (RFC 6749, 4.3.2), `application/x-www-form-urlencoded`.
#[derive(JsonSchema)]
#[schemars(rename = "PasswordForm")]
pub struct PasswordForm {
    /// Always `password`, or left out.
    #[schemars(extend("type" = "string", "enum" = ["password"]))]
    pub grant_type: Option<String>,
    /// The username, in any case.
    #[schemars(example = &"Ann_7")]
    pub username: String,
    /// The account's password.
    #[schemars(extend("format" = "password"))]
    pub password: String,
}

impl PasswordForm {
    /// Decodes the pairs of the form.
    ///
    /// # Errors
    /// `VALIDATION_FAILED` with the field.
    pub fn credentials(pairs: Vec<(String, String)>) -> Result<Credentials, Refusal> {
        let mut values = Map::new();
        for (field, value) in pairs {
            if values.insert(field.clone(), Value::from(value)).is_some()
                && ["username", "password"].contains(&field.as_str())
            {
                return Err(Refusal::of_field(&field, "is given twice"));
            }
        }
        if let Some(field) = field_with_nul(&values) {
            return Err(Refusal::of_field(&field, nul::PROBLEM));
        }
        if values.get("grant_type").is_some_and(|grant| grant != "password") {
            return Err(Refusal::out_of_range("grant_type", "is not supported", json!(["password"])));
        }
        Credentials::from_fields(&values)
    }
}

/// `POST /auth/refresh` and `POST /auth/logout`: a refresh token.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "RefreshRequest")]
pub struct Refreshing {
    /// The refresh token of the last answer with tokens.
    pub refresh_token: String,
}

impl FromJson for Refreshing {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        Ok(Self { refresh_token: Fields::new(values).text("refreshToken")?.to_owned() })
    }
}

/// `PATCH /users/me`: fields that are left out do not change.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "UserChange", extend("anyOf" = [
    { "properties": { "password": { "type": "null" } } },
    { "required": ["currentPassword"], "properties": { "currentPassword": { "type": "string" } } },
]))]
pub struct ProfileChange {
    /// 1 to 50 characters after trimming, none of them a control character or invisible.
    #[schemars(with = "Option<Name>")]
    pub display_name: Option<String>,
    /// The URL of a picture, `http://` or `https://`; null removes it.
    #[schemars(
        with = "Option<String>",
        length(max = AVATAR_URL_MAX_CHARS),
        regex(pattern = r"^https?://[0-9A-Za-z][0-9A-Za-z.-]*(:[0-9]{1,5})?([/?#][!#-&(-;=?-\[\]-_a-~]*)?$")
    )]
    pub avatar_url: Option<Option<String>>,
    /// The new password; requires `currentPassword`. Every token of the account expires, including this request's.
    #[schemars(with = "Option<NewPassword>")]
    pub password: Option<String>,
    /// The current password.
    #[schemars(extend("format" = "password"))]
    pub current_password: Option<String>,
}

impl FromJson for ProfileChange {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let fields = Fields::new(values);
        let display_name = fields.get("displayName").map(|_| fields.name("displayName")).transpose()?;
        let avatar_url = match fields.optional_text("avatarUrl")? {
            Some(url) => Some(Some(checked_url("avatarUrl", url)?)),
            None => fields.is_null("avatarUrl").then_some(None),
        };
        let password = fields.optional_text("password")?;
        let password = password.map(|password| checked_password("password", password)).transpose()?;
        let current_password = fields.optional_text("currentPassword")?.map(str::to_owned);
        if password.is_some() && current_password.is_none() {
            return Err(Refusal::of_field("currentPassword", "is missing; a new password requires the current one"));
        }
        let display_name = display_name.as_ref().map(Name::as_str).map(str::to_owned);
        Ok(Self { display_name, avatar_url, password, current_password })
    }
}

/// Whether a text can be a username: 3 to 32 characters of `A-Za-z0-9_-`.
#[must_use]
pub fn is_username(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (USERNAME_MIN_CHARS..=USERNAME_MAX_CHARS).contains(&text.len()) && text.bytes().all(allowed)
}

pub(in crate::battles) fn checked_password(field: &str, password: &str) -> Result<String, Refusal> {
    let allowed = json!({ "min_length": PASSWORD_MIN_CHARS, "max_length": PASSWORD_MAX_CHARS });
    match password.chars().count() {
        PASSWORD_MIN_CHARS..=PASSWORD_MAX_CHARS => Ok(password.to_owned()),
        _ => Err(Refusal::out_of_range(field, "does not have 8 to 128 characters", allowed)),
    }
}

/// Accepts only web addresses: an app may put this into a page, where `javascript:` would run.
fn checked_url(field: &str, url: &str) -> Result<String, Refusal> {
    let address = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let has_host = address.split(['/', '?', '#']).next().is_some_and(is_host);
    let plain = url.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>`\\".contains(&byte));
    if has_host && plain && url.len() <= AVATAR_URL_MAX_CHARS {
        return Ok(url.to_owned());
    }
    let allowed = json!({ "schemes": ["http", "https"], "max_length": AVATAR_URL_MAX_CHARS });
    Err(Refusal::out_of_range(field, "is not an http:// or https:// address", allowed))
}

/// Whether this is a host name or an IPv4 address, perhaps with a port, and without a username and password.
fn is_host(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "443"));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-';
    host.starts_with(|first: char| first.is_ascii_alphanumeric())
        && host.bytes().all(plain)
        && (1..=5).contains(&port.len())
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused<T: FromJson>(text: &str) -> Refusal {
        T::from_json(text.as_bytes()).err().unwrap()
    }

    #[test]
    fn a_username_is_3_to_32_plain_characters() {
        for good in ["Ann", "a-b", "___", &"x".repeat(32)] {
            assert!(is_username(good), "{good}");
        }
        for bad in ["", "ab", "Änn", "a b", "a.b", "ann\n", "名名名", &"x".repeat(33)] {
            assert!(!is_username(bad), "{bad}");
        }
    }

    #[test]
    fn a_password_is_8_to_128_characters_and_not_bytes() {
        for good in ["12345678".to_owned(), "名".repeat(8), "名".repeat(128)] {
            assert!(checked_password("password", &good).is_ok(), "{good}");
        }
        for bad in [String::new(), "1234567".to_owned(), "名".repeat(7), "x".repeat(129)] {
            assert_eq!(checked_password("password", &bad).unwrap_err().details.unwrap()["field"], "password");
        }
    }

    #[test]
    fn an_address_of_a_picture_can_hold_no_script() {
        for good in
            ["https://a.example/1.png?x=1#y", "http://127.0.0.1:80/", "http://a?[", "https://a-b.example:8443#x"]
        {
            assert!(checked_url("avatarUrl", good).is_ok(), "{good}");
        }
        let long = format!("https://a.example/{}", "x".repeat(2_048));
        for bad in [
            "",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "ftp://a/",
            "http://[",
            "http://[::1]/",
            "http://a:",
            "http://a:b",
            "http://-a",
            "http://ann:secret@a/",
            "https://a b",
            "https://a\"b",
            &long,
        ] {
            assert!(checked_url("avatarUrl", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_refusal_never_repeats_what_was_sent() {
        for text in [
            r#"{"password":"top-secret"}"#,
            r#"{"username":"top-secret","password":"short"}"#,
            r#"{"username":["top-secret"],"password":"top-secret"}"#,
            r#"["top-secret"]"#,
            r#""top-secret"#,
        ] {
            let refusal = refused::<Registration>(text);
            assert!(!format!("{refusal:?}").contains("top-secret"), "{refusal:?}");
        }
    }

    #[test]
    fn a_new_password_without_the_current_one_is_refused() {
        let refusal = refused::<ProfileChange>(r#"{"password":"long enough"}"#);
        assert_eq!(refusal.details.unwrap()["field"], "currentPassword");
    }

    #[test]
    fn null_takes_a_picture_away_and_silence_leaves_it() {
        let read = |text: &str| ProfileChange::from_json(text.as_bytes()).ok().unwrap().avatar_url;
        assert_eq!(read(r#"{"avatarUrl":null}"#), Some(None));
        assert_eq!(read("{}"), None);
    }

    #[test]
    fn a_form_with_two_usernames_is_refused() {
        let pairs = [("username", "Ann"), ("username", "Bob"), ("password", "x")];
        let pairs = pairs.map(|(field, value)| (field.to_owned(), value.to_owned())).to_vec();
        assert_eq!(PasswordForm::credentials(pairs).err().unwrap().details.unwrap()["field"], "username");
    }
}
