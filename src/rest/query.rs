//! Query parameters, read strictly: unknown and repeated ones are refused. The handler reads them, so that a caller
//! without permission is refused for that first.

use std::{convert::Infallible, future::Ready, ops::RangeInclusive};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::HeaderName, web};
use contracts::battles::error::{Code, Refusal};

use super::{
    answer::Refused,
    endpoint::{Described, Facts},
};

/// The number of entries on all pages.
pub(crate) const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// A query that was not read yet.
#[derive(Debug)]
pub(crate) struct Parameters(String);

/// The query of a list that was not read yet: `limit`, which is `DEFAULT` if left out and at most `MOST`, and `offset`.
pub(crate) struct List<const DEFAULT: u64, const MOST: u64>(Parameters);

/// The parameters of a query, each of them known and not repeated.
#[derive(Debug)]
pub(crate) struct Query(Vec<(String, String)>);

/// The requested part of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Page {
    /// How many entries to skip.
    pub(crate) offset: u64,
    /// The most entries to return.
    pub(crate) limit: u64,
}

impl From<Page> for vocabulary::Page {
    fn from(page: Page) -> Self {
        let [offset, limit] = [page.offset, page.limit].map(|count| usize::try_from(count).unwrap_or(usize::MAX));
        Self { offset, limit }
    }
}

impl Parameters {
    /// Reads parameters with these names.
    ///
    /// # Errors
    /// `VALIDATION_FAILED` for the first parameter that is repeated or has another name.
    pub(crate) fn only(&self, names: &[&str]) -> Result<Query, Refused> {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(&self.0);
        let pairs = pairs.map_err(|_| Refusal::of_field("query", "can't be decoded"))?.into_inner();
        let twice =
            (1..).zip(&pairs).find(|(next, (name, _))| pairs.iter().skip(*next).any(|(other, _)| other == name));
        if let Some((_, (name, _))) = twice {
            return Err(Refusal::of_field(name, "is repeated").into());
        }
        match pairs.iter().find(|(name, _)| !names.contains(&name.as_str())) {
            Some((name, _)) => Err(Refusal::of_field(name, "is not a parameter of this address").into()),
            None => Ok(Query(pairs)),
        }
    }
}

impl<const DEFAULT: u64, const MOST: u64> List<DEFAULT, MOST> {
    /// The requested page, if the list has no other parameters.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub(crate) fn page(&self) -> Result<Page, Refused> {
        Ok(self.read(&[])?.0)
    }

    /// The requested page, and parameters with other names.
    ///
    /// # Errors
    /// `VALIDATION_FAILED` for the parameter that is wrong.
    pub(crate) fn read(&self, others: &[&str]) -> Result<(Page, Query), Refused> {
        let query = self.0.only(&[others, &["limit", "offset"]].concat())?;
        let limit = query.number("limit", 1..=MOST)?.unwrap_or(DEFAULT);
        let offset = query.number("offset", 0..=i64::MAX.cast_unsigned())?.unwrap_or(0);
        Ok((Page { offset, limit }, query))
    }
}

impl Query {
    /// The parameter's decoded value; `None` if it is missing.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// One of these words; `None` if the parameter is missing.
    ///
    /// # Errors
    /// `VALIDATION_FAILED` for any other word.
    pub(crate) fn one_of<'a>(&self, name: &str, words: &[&'a str]) -> Result<Option<&'a str>, Refused> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match words.iter().find(|word| **word == text) {
            Some(word) => Ok(Some(word)),
            None => Err(Refusal::of_field(name, &format!("must be one of {}", words.join(", "))).into()),
        }
    }

    /// A whole number in decimal digits; `None` if the parameter is missing.
    ///
    /// # Errors
    /// `VALIDATION_FAILED` if it is not such a number or out of its range.
    pub(crate) fn number(&self, name: &str, range: RangeInclusive<u64>) -> Result<Option<u64>, Refused> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let is_number = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        match text.parse() {
            Ok(number) if is_number && range.contains(&number) => Ok(Some(number)),
            _ => {
                let problem = format!("must be a whole number from {} to {}", range.start(), range.end());
                Err(Refusal::of_field(name, &problem).into())
            }
        }
    }
}

/// Never fails, as mistakes in the query are reported once the caller is known.
impl FromRequest for Parameters {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self(request.query_string().to_owned())))
    }
}

impl<const DEFAULT: u64, const MOST: u64> FromRequest for List<DEFAULT, MOST> {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self(Parameters(request.query_string().to_owned()))))
    }
}

impl Described for Parameters {
    fn describe(facts: &mut Facts) {
        facts.refuse(&[Code::ValidationFailed]);
    }
}

impl<const DEFAULT: u64, const MOST: u64> Described for List<DEFAULT, MOST> {
    fn describe(facts: &mut Facts) {
        Parameters::describe(facts);
        facts.number("limit", format!("How many entries to return; {DEFAULT} if left out"), 1, Some(MOST));
        facts.number("offset", "How many entries to skip".to_owned(), 0, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Result<Page, String> {
        let list = List::<20, 100>(Parameters(text.to_owned()));
        list.page().map_err(|refused| refused.0.details.unwrap()["field"].as_str().unwrap().to_owned())
    }

    #[test]
    fn what_is_not_there_has_its_default() {
        assert_eq!(page(""), Ok(Page { offset: 0, limit: 20 }));
        assert_eq!(page("&"), Ok(Page { offset: 0, limit: 20 }));
        assert_eq!(page("offset=7"), Ok(Page { offset: 7, limit: 20 }));
        assert_eq!(page("limit=100&offset=0"), Ok(Page { offset: 0, limit: 100 }));
        assert_eq!(
            page("offset=9223372036854775807&%6Cimit=1"),
            Ok(Page { offset: i64::MAX.cast_unsigned(), limit: 1 })
        );
    }

    #[test]
    fn what_is_no_number_in_its_range_is_refused_by_name() {
        for value in
            ["", "0", "101", "-1", "%2B5", "+5", "5.0", "1e1", "0x5", "x", "%00", "%FF", "99999999999999999999"]
        {
            assert_eq!(page(&format!("limit={value}")), Err("limit".to_owned()), "{value}");
        }
        assert_eq!(page("limit"), Err("limit".to_owned()));
        for value in ["", "-1", "9223372036854775808"] {
            assert_eq!(page(&format!("offset={value}")), Err("offset".to_owned()), "{value}");
        }
    }

    #[test]
    fn what_is_unknown_or_there_twice_is_refused_by_name() {
        assert_eq!(page("page=2"), Err("page".to_owned()));
        assert_eq!(page("Limit=2"), Err("Limit".to_owned()));
        assert_eq!(page("limit=2&limit=2"), Err("limit".to_owned()));
        assert_eq!(page("offset=2&limit=2&offset=3"), Err("offset".to_owned()));
    }
}
