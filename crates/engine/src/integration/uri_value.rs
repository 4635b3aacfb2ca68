//! What a call's values may do in the URI of an integration: fill the places where they stand, and nothing else.
//!
//! In: a URI's plan, and the mapped path parameters. Out: its text, or the refusal of a value that would lead elsewhere. It must
//! not know who is called. Stage variables are the author's own text and may hold any part of a URI.

use std::borrow::Cow;
use std::convert::Infallible;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use stagedoor_base::Cause;
use stagedoor_program::{AuthorizerKey, ContextVar, Expression, StageView, UriPart, UriPlan};

use crate::access::unescaped;
use crate::stage::Parameters;

/// Everything that RFC 3986 does not leave unreserved.
pub(super) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// What may not stand in a URL as it is; `%` may: path parameters hold text of a URI, where it is an escape.
pub(super) const UNSENDABLE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'`').add(b'\\');
/// What would end a path as well.
const IN_PATH: &AsciiSet = &UNSENDABLE.add(b'?');
/// What would end a pair of a query as well.
const IN_QUERY: &AsciiSet = &IN_PATH.add(b'&').add(b';');
/// All but what names and ports are made of.
const IN_AUTHORITY: &AsciiSet = &RESERVED.remove(b':');

/// Where in a URI a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Authority,
    Path,
    Query,
}

impl Place {
    fn after(text: &str, whole: bool) -> Self {
        let path = if whole { beyond_authority(text) } else { Some(text) };
        match path {
            None => Self::Authority,
            Some(path) if path.contains('?') => Self::Query,
            Some(_) => Self::Path,
        }
    }
}

fn beyond_authority(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("://")?;
    rest.find(['/', '?', '#']).map(|end| &rest[end..])
}

/// A value as text of a URI: what was decoded when it was read, or never was encoded, is one segment, whatever stands in it. Paths
/// are URI text as they are, and so is what the author wrote or an authorizer said.
pub(crate) fn uri_text(source: &Expression, value: Cow<'_, str>) -> String {
    match source {
        Expression::Header(_)
        | Expression::MultiHeader(_)
        | Expression::Query(_)
        | Expression::MultiQuery(_)
        | Expression::Body(_)
        | Expression::Authorizer(AuthorizerKey::Claim(_)) => {
            utf8_percent_encode(&value, RESERVED).to_string()
        }
        Expression::Context(Some(variable))
            if !matches!(variable, ContextVar::Path | ContextVar::ResourcePath) =>
        {
            utf8_percent_encode(&value, RESERVED).to_string()
        }
        _ => value.into_owned(),
    }
}

/// The text of a plan without parameters. Unset stage variables are empty.
pub(super) fn render<'p>(plan: &'p UriPlan, stage: &StageView) -> Cow<'p, str> {
    let Ok(text) = fill::<Infallible>(plan, stage, |_, _| Ok(false));
    text
}

/// The text of a URI, or of what follows its authority when the plan has that, with the parameters in it; unknown ones stay as
/// they are spelled.
pub(super) fn render_uri<'p>(
    plan: &'p UriPlan,
    stage: &StageView,
    parameters: &Parameters,
    whole: bool,
) -> Result<Cow<'p, str>, Cause> {
    fill(plan, stage, |text, name| {
        let Some(value) = parameters.path_value(name) else { return Ok(false) };
        let unsafe_here = match Place::after(text, whole) {
            Place::Authority => IN_AUTHORITY,
            Place::Query => IN_QUERY,
            Place::Path if leads_elsewhere(value) => return Err(Cause::PathValue(name.into())),
            Place::Path => IN_PATH,
        };
        text.extend(utf8_percent_encode(value, unsafe_here));
        Ok(true)
    })
}

/// The text of a plan; `put` appends a parameter's value and says whether there is one.
pub(super) fn fill<'p, E>(
    plan: &'p UriPlan,
    stage: &StageView,
    put: impl Fn(&mut String, &str) -> Result<bool, E>,
) -> Result<Cow<'p, str>, E> {
    if let Some(fixed) = plan.fixed() {
        return Ok(fixed.as_ref().into());
    }
    let mut text = String::new();
    for part in &plan.parts {
        match part {
            UriPart::Text(literal) => text.push_str(literal),
            UriPart::StageVariable(name) => text.push_str(stage.variable(name).unwrap_or("")),
            UriPart::Parameter(name) => {
                if !put(&mut text, name)? {
                    text.extend(["{", name, "}"]);
                }
            }
        }
    }
    Ok(text.into())
}

/// Whether a backend that resolves dots, in whatever spelling, may find something else than what stands below the URI's own path:
/// the value climbs out of its place, or its edge is dots and so takes a segment of the author's away.
fn leads_elsewhere(value: &str) -> bool {
    if !value.contains(['.', '%']) {
        return false;
    }
    let plain = if value.contains('%') { unescaped(value).into() } else { Cow::from(value) };
    let mut depth = 0_usize;
    let mut ends_in_dots = false;
    for (place, segment) in plain.split(['/', '\\']).enumerate() {
        let name = segment.split(';').next().unwrap_or_default();
        ends_in_dots = matches!(name, "." | "..");
        match (name, depth) {
            ("." | "..", _) if place == 0 => return true,
            ("..", 0) => return true,
            ("..", _) => depth -= 1,
            ("" | ".", _) => {}
            _ => depth += 1,
        }
    }
    ends_in_dots
}

#[cfg(test)]
mod tests {
    use stagedoor_base::Cause;
    use stagedoor_program::{Expression, StageView, UriPlan};

    use super::{leads_elsewhere, render, render_uri, uri_text};
    use crate::stage::Parameters;

    fn stage() -> StageView {
        let mut stage = StageView::bare("dev".into());
        stage.variables.insert("host".to_owned(), "h:81".into());
        stage.variables.insert("base".to_owned(), "http://h/a?b=../c&d".into());
        stage
    }

    fn check(uri: &str, value: &str, expected: &str) {
        let parameters = Parameters { path: vec![("p".into(), value.to_owned())], ..Parameters::default() };
        let plan = UriPlan::text(uri);
        let built = render_uri(&plan, &stage(), &parameters, true);
        assert_eq!(built.as_deref(), Ok(expected), "{uri} with {value}");
    }

    #[test]
    fn values_fill_their_place() {
        check("http://h/{p}", "a%2Fb/c+d:@;e=f&g,(*)!$~", "http://h/a%2Fb/c+d:@;e=f&g,(*)!$~");
        check(
            "http://h/{p}",
            "a?b#c d\"<>\\`\r\n\u{e9}",
            "http://h/a%3Fb%23c%20d%22%3C%3E%5C%60%0D%0A%C3%A9",
        );
        check("http://h/x?v={p}", "1&admin=1;b#c?d", "http://h/x?v=1%26admin=1%3Bb%23c%3Fd");
        check("http://h/x?v={p}", "../..", "http://h/x?v=../..");
        check("http://{p}/x", "h:81", "http://h:81/x");
        check("http://{p}.h/x", "e/?#@.%", "http://e%2F%3F%23%40.%25.h/x");
        check("http://{p}", "..", "http://..");
        check("{p}", "http://h", "http:%2F%2Fh");
        check("${stageVariables.base}{p}", "&e", "http://h/a?b=../c&d%26e");
        check("http://${stageVariables.host}/{p}/{q}", "x", "http://h:81/x/{q}");
    }

    #[test]
    fn values_stay_below_the_path_of_the_uri() {
        for (value, expected) in [
            ("a", false),
            ("a.b", false),
            ("...", false),
            ("a..", false),
            ("..a/.b", false),
            ("a/./b", false),
            ("a/../b", false),
            ("a//b/../c", false),
            ("a%2Fb%2ec", false),
            ("100%", false),
            (".", true),
            ("..", true),
            ("%2e", true),
            ("%2E.", true),
            ("../a", true),
            ("./a", true),
            ("a/..", true),
            ("a/.", true),
            ("a/../../b", true),
            ("a/b/../../../c", true),
            ("/../a", true),
            ("//../a", true),
            ("a%2F..%2F..%2Fb", true),
            ("..%2Fa", true),
            ("..%252fa", true),
            ("..\\a", true),
            ("..%5Ca", true),
            ("..;x=1/a", true),
        ] {
            assert_eq!(leads_elsewhere(value), expected, "{value}");
            let parameters =
                Parameters { path: vec![("p".into(), value.to_owned())], ..Parameters::default() };
            let plan = UriPlan::text("/base/{p}");
            let built = render_uri(&plan, &stage(), &parameters, false).map(|_| ());
            let refused = expected.then(|| Cause::PathValue("p".into()));
            assert_eq!(built, refused.map_or(Ok(()), Err), "{value}");
        }
    }

    #[test]
    fn what_is_no_text_of_a_uri_becomes_one_segment() {
        for (source, expected) in [
            ("method.request.path.x", "a%2Fb/c?"),
            ("method.request.querystring.x", "a%252Fb%2Fc%3F"),
            ("method.request.multivaluequerystring.x", "a%252Fb%2Fc%3F"),
            ("method.request.header.x", "a%252Fb%2Fc%3F"),
            ("method.request.multivalueheader.x", "a%252Fb%2Fc%3F"),
            ("method.request.body.x", "a%252Fb%2Fc%3F"),
            ("context.identity.userAgent", "a%252Fb%2Fc%3F"),
            ("context.path", "a%2Fb/c?"),
            ("context.authorizer.claims.x", "a%252Fb%2Fc%3F"),
            ("context.authorizer.x", "a%2Fb/c?"),
            ("stageVariables.x", "a%2Fb/c?"),
            ("'x'", "a%2Fb/c?"),
        ] {
            let parsed = Expression::parse(source).unwrap();
            assert_eq!(uri_text(&parsed, "a%2Fb/c?".into()), expected, "{source}");
        }
    }

    #[test]
    fn names_have_no_parameters() {
        let plan = UriPlan::text("f:${stageVariables.host}:${stageVariables.no}:{p}");
        assert_eq!(render(&plan, &stage()), "f:h:81::{p}");
    }
}
