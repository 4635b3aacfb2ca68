//! The ARN that policies know a call by, and its other readings.
//!
//! A path such as `/public/..%2Fadmin` means one thing here and another to a backend that decodes it. Whoever may call has to
//! be allowed what each of both might mean.

use percent_encoding::percent_decode_str;
use stagedoor_program::{Program, Record};

/// The ARNs of one call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MethodArn {
    /// `arn:aws:execute-api:{region}:{account}:{api}/{stage}/{VERB}/{path}`, the path as sent.
    pub(crate) arn: String,
    /// Every reading, where the path has more than one.
    readings: Vec<(Demand, String)>,
}

/// What policies have to say of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// Some statement allows it, and none denies it.
    Allowed,
    /// No statement denies it.
    NotDenied,
}

/// The readings of a path, which has no slash at its start.
#[must_use]
pub fn path_readings(path: &str) -> Vec<(Demand, String)> {
    if is_plain(path) { vec![(Demand::Allowed, path.to_owned())] } else { readings("", path) }
}

/// AWS's bound on the ARN of a call for which somebody has to be let in.
const LONGEST: usize = 1600;

/// Whether a call's ARN is longer than methods with authorization take.
pub(crate) fn is_too_long(program: &Program, record: &Record) -> bool {
    length(&parts(program, record)) > LONGEST
}

/// The ARN of a call, the path as sent.
pub(crate) fn method_arn(program: &Program, record: &Record) -> String {
    let parts = parts(program, record);
    let mut arn = String::with_capacity(length(&parts));
    parts.iter().for_each(|part| arn.push_str(part));
    arn
}

fn length(parts: &[&str]) -> usize {
    parts.iter().map(|part| part.len()).sum()
}

fn parts<'a>(program: &'a Program, record: &'a Record) -> [&'a str; 12] {
    let (deployment, head) = (&program.deployment, &record.head);
    [
        "arn:aws:execute-api:",
        deployment.scope.region.as_str(),
        ":",
        deployment.scope.account.as_str(),
        ":",
        deployment.api_id.as_str(),
        "/",
        program.stage.name.as_str(),
        "/",
        head.method.as_str(),
        "/",
        &head.path()[1..],
    ]
}

impl MethodArn {
    pub(crate) fn of(program: &Program, record: &Record) -> Self {
        let arn = method_arn(program, record);
        let path = &record.head.path()[1..];
        let readings =
            if is_plain(path) { Vec::new() } else { readings(&arn[..arn.len() - path.len()], path) };
        Self { arn, readings }
    }

    /// What to ask policies.
    pub(crate) fn demands(&self) -> impl Iterator<Item = (Demand, &str)> {
        let only = self.readings.is_empty().then_some((Demand::Allowed, &*self.arn));
        only.into_iter().chain(self.readings.iter().map(|(demand, arn)| (*demand, &**arn)))
    }

    /// As messages show it: of the account only the last four digits.
    pub(crate) fn masked(&self) -> String {
        let mut parts: Vec<&str> = self.arn.splitn(6, ':').collect();
        let masked = parts.get(4).map(|account| {
            format!("********{}", account.get(account.len().saturating_sub(4)..).unwrap_or_default())
        });
        if let (Some(place), Some(masked)) = (parts.get_mut(4), &masked) {
            *place = masked;
        }
        parts.join(":")
    }
}

/// A slash at the end does not count when methods are looked for. What differs in slashes and dots may be another resource
/// to a backend, so that it has to be allowed as well; letters that are encoded needlessly only must not hide from a deny.
fn readings(prefix: &str, path: &str) -> Vec<(Demand, String)> {
    let all = [
        (Demand::Allowed, path.trim_end_matches('/').to_owned()),
        (Demand::Allowed, resolved(&unescaped(path))),
        (Demand::NotDenied, path.to_owned()),
        (Demand::NotDenied, resolved(&wholly_decoded(path))),
    ];
    let mut found: Vec<(Demand, String)> = Vec::with_capacity(all.len());
    for (demand, path) in all {
        let arn = format!("{prefix}{path}");
        if found.iter().all(|(_, known)| *known != arn) {
            found.push((demand, arn));
        }
    }
    found
}

/// Whether a path can be read in one way only.
fn is_plain(path: &str) -> bool {
    let mut segments = path.as_bytes().split(|byte| *byte == b'/');
    path.is_empty()
        || !path.bytes().any(|byte| matches!(byte, b'%' | b'\\' | b';'))
            && segments.all(|segment| !matches!(segment, b"" | b"." | b".."))
}

/// With slashes, backslashes and dots as themselves, however often they are encoded; all else as sent.
pub(crate) fn unescaped(path: &str) -> String {
    let mut path = path.to_owned();
    for _ in 0..DEEPEST {
        let next = replace_escapes(&path);
        if next == path {
            break;
        }
        path = next;
    }
    path
}

/// How often a path may be encoded over again; nobody decodes oftener.
const DEEPEST: usize = 4;

fn replace_escapes(path: &str) -> String {
    let mut found = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        found.push_str(&rest[..at]);
        rest = &rest[at..];
        let plain = match rest.get(1..3).map(str::to_ascii_lowercase).as_deref() {
            Some("2f") => '/',
            Some("5c") => '\\',
            Some("2e") => '.',
            Some("25") => '%',
            _ => {
                found.push('%');
                rest = &rest[1..];
                continue;
            }
        };
        found.push(plain);
        rest = &rest[3..];
    }
    found.push_str(rest);
    found
}

fn wholly_decoded(path: &str) -> String {
    let mut path = path.to_owned();
    for _ in 0..DEEPEST {
        let next = percent_decode_str(&path).decode_utf8_lossy().into_owned();
        if next == path {
            break;
        }
        path = next;
    }
    path
}

/// As backends read paths: `\` for `/`, without parameters of segments, empty segments and dots.
fn resolved(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split(['/', '\\']) {
        match segment.split(';').next().unwrap_or_default() {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            plain => segments.push(plain),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::{Demand, MethodArn, is_plain, readings, resolved, unescaped, wholly_decoded};

    #[test]
    fn plain_paths_have_one_reading() {
        for (path, expected) in [
            ("", true),
            ("pets", true),
            ("pets/1/toys.json", true),
            ("pets/..x/.y/z..", true),
            ("pets/", false),
            ("pets//1", false),
            ("pets/../admin", false),
            ("pets/.", false),
            ("a%20b", false),
            ("a\\b", false),
            ("a;v=1", false),
        ] {
            assert_eq!(is_plain(path), expected, "{path}");
        }
    }

    #[test]
    fn readings_of_paths() {
        for (path, structural, decoded) in [
            ("admin/", "admin", "admin"),
            ("//admin", "admin", "admin"),
            ("a//b", "a/b", "a/b"),
            ("public/../admin", "admin", "admin"),
            ("public/%2e%2E/admin", "admin", "admin"),
            ("public%2f..%2fadmin", "admin", "admin"),
            ("public%252f..%252Fadmin", "admin", "admin"),
            ("public\\..\\admin", "admin", "admin"),
            ("public%5c..%5cadmin", "admin", "admin"),
            ("../../admin", "admin", "admin"),
            ("a/./b", "a/b", "a/b"),
            ("admin;x=1/users", "admin/users", "admin/users"),
            ("%61dmin", "%61dmin", "admin"),
            ("a%20b", "a%20b", "a b"),
            ("a%", "a%", "a%"),
            ("a%2", "a%2", "a%2"),
            ("a%é", "a%é", "a%é"),
            ("a%zz", "a%zz", "a%zz"),
        ] {
            assert_eq!(resolved(&unescaped(path)), structural, "{path}");
            assert_eq!(resolved(&wholly_decoded(path)), decoded, "{path}");
        }
    }

    #[test]
    fn accounts_are_masked() {
        let arn = "arn:aws:execute-api:us-east-1:123456789012:abc/dev/GET/a:b".to_owned();
        let masked = MethodArn { arn, readings: Vec::new() }.masked();
        assert_eq!(masked, "arn:aws:execute-api:us-east-1:********9012:abc/dev/GET/a:b");
    }

    #[test]
    fn what_each_reading_has_to_be() {
        use Demand::{Allowed, NotDenied};
        for (path, expected) in [
            ("pets/", &[(Allowed, "pets"), (NotDenied, "pets/")][..]),
            ("a%20b", &[(Allowed, "a%20b"), (NotDenied, "a b")]),
            ("x/%2e%2e/%61", &[(Allowed, "x/%2e%2e/%61"), (Allowed, "%61"), (NotDenied, "a")]),
        ] {
            let found = readings("", path);
            let found: Vec<_> = found.iter().map(|(demand, path)| (*demand, &**path)).collect();
            assert_eq!(found, expected, "{path}");
        }
    }
}
