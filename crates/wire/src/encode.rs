//! Typed responses into exact JSON.
//!
//! In: a response struct. Out: a [`Reply`]. Members that are `None` are absent; empty maps and lists are printed;
//! doubles keep their `.0`.

use base64::Engine as _;

use crate::{Map, Operation, Time};

/// An HTTP reply of the control plane, without the headers that every reply carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    /// A reply of an operation that answers nothing.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    /// The reply to an operation that only succeeds.
    #[must_use]
    pub fn acknowledging(operation: Operation) -> Self {
        if operation.service().is_query() {
            return crate::query::acknowledgement(operation);
        }
        Self::empty(operation.status())
    }

    /// A reply with a JSON body.
    pub(crate) fn json(status: u16, value: &impl ToJson) -> Self {
        let mut body = Vec::with_capacity(256);
        value.write(&mut body);
        Self { status, headers: vec![("Content-Type", "application/json".to_owned())], body }
    }

    /// A reply whose body is no JSON.
    pub(crate) fn raw(status: u16, body: &[u8]) -> Self {
        Self { status, headers: Vec::new(), body: body.to_vec() }
    }

    /// Adds a header when there is a value.
    pub(crate) fn with_header(mut self, name: &'static str, value: Option<&String>) -> Self {
        if let Some(value) = value {
            self.headers.push((name, value.clone()));
        }
        self
    }
}

/// The status that a response names itself, or the operation's.
pub(crate) fn status(own: Option<i32>, otherwise: u16) -> u16 {
    own.and_then(|own| u16::try_from(own).ok()).unwrap_or(otherwise)
}

/// A response of an operation.
pub trait Encode {
    /// The reply with this status, usually the operation's own.
    fn encode(&self, status: u16) -> Reply;
}

/// A type that prints itself as JSON.
pub(crate) trait ToJson {
    fn write(&self, out: &mut Vec<u8>);

    fn is_absent(&self) -> bool {
        false
    }
}

/// Prints one JSON object member by member.
#[derive(Debug)]
pub(crate) struct Object<'o> {
    out: &'o mut Vec<u8>,
    first: bool,
}

impl<'o> Object<'o> {
    pub(crate) fn open(out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, first: true }
    }

    pub(crate) fn put<T: ToJson>(&mut self, name: &str, value: &T) {
        if !value.is_absent() {
            self.key(name);
            value.write(self.out);
        }
    }

    /// A moment as ISO 8601 text.
    pub(crate) fn put_iso(&mut self, name: &str, value: impl Into<Option<Time>>) {
        if let Some(time) = value.into() {
            self.key(name);
            write_text(self.out, &iso8601(time));
        }
    }

    pub(crate) fn close(self) {
        self.out.push(b'}');
    }

    fn key(&mut self, name: &str) {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        write_text(self.out, name);
        self.out.push(b':');
    }
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(serde_json::Value::from(text).to_string().as_bytes());
}

/// `2019-03-01T12:00:00Z`, by days from civil (Gregorian) dates.
fn iso8601(time: Time) -> String {
    let seconds = time.0.div_euclid(1000);
    let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

impl ToJson for String {
    fn write(&self, out: &mut Vec<u8>) {
        write_text(out, self);
    }
}

impl ToJson for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl ToJson for i32 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.to_string().as_bytes());
    }
}

impl ToJson for i64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.to_string().as_bytes());
    }
}

impl ToJson for f64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(serde_json::Value::from(*self).to_string().as_bytes());
    }
}

/// Epoch seconds as a number, with a fraction only when there is one.
impl ToJson for Time {
    fn write(&self, out: &mut Vec<u8>) {
        if self.0 % 1000 == 0 { (self.0 / 1000).write(out) } else { (self.0 as f64 / 1000.0).write(out) }
    }
}

/// A blob inside JSON is base64.
impl ToJson for Vec<u8> {
    fn write(&self, out: &mut Vec<u8>) {
        write_text(out, &base64::engine::general_purpose::STANDARD.encode(self));
    }
}

/// What may stand in a list; bytes may not, so that `Vec<u8>` stays a blob.
pub(crate) trait Element: ToJson {}
impl Element for String {}
impl Element for i64 {}
impl<T: Element> Element for Vec<T> {}

impl<T: Element> ToJson for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(b'[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            item.write(out);
        }
        out.push(b']');
    }
}

impl<T: ToJson> ToJson for Map<T> {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        for (index, (key, item)) in self.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            write_text(out, key);
            out.push(b':');
            item.write(out);
        }
        out.push(b'}');
    }
}

/// Absent as a member, `null` as the value of a map.
impl<T: ToJson> ToJson for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(out),
            None => out.extend_from_slice(b"null"),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &impl ToJson, expected: &str) {
        let mut out = Vec::new();
        value.write(&mut out);
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }

    #[test]
    fn numbers_times_and_texts() {
        check(&10_000.0_f64, "10000.0");
        check(&50.5_f64, "50.5");
        check(&-1_i32, "-1");
        check(&Time(1_494_510_000_000), "1494510000");
        check(&Time(1_494_510_000_250), "1494510000.25");
        check(&"a\"/é\n".to_owned(), r#""a\"/é\n""#);
        check(&b"hi".to_vec(), r#""aGk=""#);
    }

    #[test]
    fn empty_and_null_are_different() {
        check(&Map::<String>::new(), "{}");
        check(&Map::from([("application/json".to_owned(), None::<String>)]), r#"{"application/json":null}"#);
        check(&Vec::<String>::new(), "[]");
    }

    #[test]
    fn iso_dates() {
        for (millis, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_826_154_999, "2000-02-29T12:09:14Z"),
            (1_795_348_800_000, "2026-11-22T12:00:00Z"),
            (-1_000, "1969-12-31T23:59:59Z"),
        ] {
            assert_eq!(iso8601(Time(millis)), expected);
        }
    }
}
