//! The files that AWS's tools share: `~/.aws/credentials` and `~/.aws/config`.
//!
//! In: their texts and the name of a profile. Out: keys, and the roles that the profile takes one after the other. It must not
//! read files.

use std::collections::HashMap;

use stagedoor_auth::sigv4::Secret;

use super::{Keys, RoleStep};

/// What some editors begin a file with.
const BYTE_ORDER_MARK: char = '\u{feff}';
/// Profiles that refer to each other.
const MAX_DEPTH: usize = 8;
/// What to do about a profile that gets its credentials from elsewhere.
const SUPPORTED: &str = "keys, source_profile and credential_source Environment are; `aws configure export-credentials` makes \
                         keys of the others";

/// What a profile stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resolved {
    /// None: those of the environment.
    pub(super) keys: Option<Keys>,
    /// In the order in which they are taken.
    pub(super) steps: Vec<RoleStep>,
}

/// All profiles of both files.
#[derive(Debug, Default)]
pub(super) struct Profiles(HashMap<String, HashMap<String, String>>);

impl Profiles {
    /// Reads both files; what the credentials file says counts.
    pub(super) fn parse(config: &str, credentials: &str) -> Self {
        let mut profiles = Self::default();
        // In the config file every profile but the default one has a word before its name.
        profiles.add(config, |section| match section {
            "default" => Some(section),
            _ => section.strip_prefix("profile ").map(unquoted),
        });
        profiles.add(credentials, |section| Some(section));
        profiles
    }

    fn add(&mut self, text: &str, name: impl Fn(&str) -> Option<&str>) {
        let mut section = None;
        // How far the last key of the section was indented; what stands further in belongs to it and holds no credentials.
        let mut indented = None;
        for line in text.trim_start_matches(BYTE_ORDER_MARK).lines() {
            let content = line.trim();
            let indent = line.len() - line.trim_start().len();
            if content.is_empty()
                || content.starts_with(['#', ';'])
                || indented.is_some_and(|key| indent > key)
            {
                continue;
            }
            if let Some(header) = header(content) {
                section = name(header).map(str::to_owned);
                indented = None;
            } else if let Some((key, value)) = content.split_once('=') {
                indented = Some(indent);
                let Some(section) = &section else { continue };
                let profile = self.0.entry(section.clone()).or_default();
                profile.insert(key.trim().to_owned(), value.trim().to_owned());
            }
        }
    }

    /// What a profile stands for.
    ///
    /// # Errors
    /// Why it has no credentials, for a person.
    pub(super) fn resolve(&self, name: &str) -> Result<Resolved, String> {
        self.resolve_within(name, MAX_DEPTH)
    }

    fn resolve_within(&self, name: &str, depth: usize) -> Result<Resolved, String> {
        let Some(profile) = self.0.get(name) else { return Err(format!("there is no profile {name}")) };
        let get = |key: &str| profile.get(key).filter(|value| !value.is_empty());
        let Some(arn) = get("role_arn") else {
            let keys = keys(get).ok_or_else(|| lacking(name, profile))?;
            return Ok(Resolved { keys: Some(keys), steps: Vec::new() });
        };
        let mut resolved = match (get("source_profile"), get("credential_source").map(String::as_str)) {
            // A profile may be the source of its own role.
            (Some(source), _) if source == name => match keys(get) {
                Some(keys) => Resolved { keys: Some(keys), steps: Vec::new() },
                None => return Err(lacking(name, profile)),
            },
            (Some(_), _) if depth == 0 => return Err(format!("the profile {name} refers to itself")),
            (Some(source), _) => self.resolve_within(source, depth - 1)?,
            (None, Some("Environment")) => Resolved { keys: None, steps: Vec::new() },
            (None, Some(other)) => {
                return Err(format!(
                    "the profile {name} uses credential_source {other}, which is not supported; {SUPPORTED}"
                ));
            }
            (None, None) => return Err(format!("the profile {name} has a role but no source_profile")),
        };
        resolved.steps.push(RoleStep {
            arn: arn.clone(),
            external_id: get("external_id").cloned(),
            session_name: get("role_session_name").cloned(),
        });
        Ok(resolved)
    }
}

/// The name in a section's header, after which a comment may stand.
fn header(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix('[')?.rsplit_once(']')?;
    Some(name.trim())
}

/// A name with blanks in it stands in quotes in the config file, as in a shell.
fn unquoted(name: &str) -> &str {
    let name = name.trim();
    let inside = |quote| name.strip_prefix(quote).and_then(|rest: &str| rest.strip_suffix(quote));
    inside('"').or_else(|| inside('\'')).unwrap_or(name)
}

fn keys<'p>(get: impl Fn(&str) -> Option<&'p String>) -> Option<Keys> {
    Some(Keys {
        access_key: get("aws_access_key_id")?.clone(),
        secret: Secret::from(get("aws_secret_access_key")?.as_str()),
        session_token: get("aws_session_token").map(|token| Secret::from(token.as_str())),
    })
}

fn lacking(name: &str, profile: &HashMap<String, String>) -> String {
    let elsewhere = ["credential_process", "sso_session", "sso_start_url", "web_identity_token_file"];
    match elsewhere.iter().find(|key| profile.contains_key(**key)) {
        Some(key) => format!("the profile {name} uses {key}, which is not supported; {SUPPORTED}"),
        None => format!("the profile {name} has no aws_access_key_id and aws_secret_access_key"),
    }
}

#[cfg(test)]
mod tests {
    use super::Profiles;

    const CREDENTIALS: &str =
        "[default]\naws_access_key_id = AKIA1\naws_secret_access_key=s1\n\n[half]\naws_access_key_id=x\n";
    const CONFIG: &str = "\
[default]\nregion = eu-west-1\naws_access_key_id = loses\n\
[profile deploy]\nrole_arn=arn:r1\nsource_profile = default\nexternal_id = e\n\
[profile chained]\nrole_arn=arn:r2\nsource_profile=deploy\nrole_session_name=me\n\
[profile env]\nrole_arn=arn:r3\ncredential_source = Environment\n\
[profile ec2]\nrole_arn=arn:r3\ncredential_source=Ec2InstanceMetadata\n\
[profile loop]\nrole_arn=arn:r\nsource_profile=pool\n[profile pool]\nrole_arn=arn:r\nsource_profile=loop\n\
[profile \"my team\"]\nrole_arn=arn:r4\nsource_profile=default\n[profile 'solo']\nrole_arn=arn:r5\nsource_profile=my team\n\
[profile process]\ncredential_process = /bin/x\n[profile sso]\nsso_session = s\ns3 =\n  aws_access_key_id = nested\n\
[profile token]\naws_access_key_id=AKIA2\naws_secret_access_key=s2\naws_session_token=t=\n\
[profile orphan]\nrole_arn=arn:r\n[plain]\naws_access_key_id=x\naws_secret_access_key=y\n";

    fn resolve(name: &str) -> Result<String, String> {
        let resolved = Profiles::parse(CONFIG, CREDENTIALS).resolve(name)?;
        let keys = resolved.keys.map_or("environment".to_owned(), |keys| {
            let token = keys.session_token.as_ref().map_or("", |token| token.expose());
            format!("{} {} {token}", keys.access_key, keys.secret.expose())
        });
        let steps = resolved.steps.iter().map(|step| format!("{}{:?}", step.arn, step.external_id));
        Ok(format!("{keys} {}", steps.collect::<Vec<_>>().join(" ")))
    }

    #[test]
    fn files_are_read_as_the_cli_reads_them() {
        let key = |before: &str, after: &str| {
            let text = format!("{before}aws_access_key_id=A{after}aws_secret_access_key=b#=");
            let found = Profiles::parse("", &text).resolve("default").ok();
            found.and_then(|it| it.keys).map(|it| format!("{} {}", it.access_key, it.secret.expose()))
        };
        for (before, after) in [
            ("[default]\n", "\n"),
            ("\u{feff}[default]\r\n", "\r\n"),
            ("[default] ; mine\n", "\n"),
            ("  [ default ]\n", "\n"),
            ("[default]\n  ", "\n  "),
            ("[default]\n\t# a comment\n  ", "\n"),
            ("[other]\n  s3 = \n    aws_access_key_id = nested\n[default]\n  ", "\n\n  # ]\n  "),
        ] {
            assert_eq!(key(before, after).as_deref(), Some("A b#="), "{before:?} {after:?}");
        }
        assert_eq!(key("[default]\n", "\n  "), None, "what stands further in belongs to the key above");
    }

    #[test]
    fn profiles_lead_to_keys_and_roles() {
        for (name, expected) in [
            ("default", "AKIA1 s1  "),
            ("deploy", "AKIA1 s1  arn:r1Some(\"e\")"),
            ("chained", "AKIA1 s1  arn:r1Some(\"e\") arn:r2None"),
            ("env", "environment arn:r3None"),
            ("my team", "AKIA1 s1  arn:r4None"),
            ("solo", "AKIA1 s1  arn:r4None arn:r5None"),
            ("token", "AKIA2 s2 t= "),
        ] {
            assert_eq!(resolve(name).as_deref(), Ok(expected), "{name}");
        }
    }

    #[test]
    fn what_has_no_credentials_says_why() {
        for (name, expected) in [
            ("lost", "there is no profile lost"),
            ("plain", "there is no profile plain"),
            ("half", "the profile half has no aws_access_key_id and aws_secret_access_key"),
            ("orphan", "the profile orphan has a role but no source_profile"),
            (
                "ec2",
                "the profile ec2 uses credential_source Ec2InstanceMetadata, which is not supported; keys, source_",
            ),
            ("process", "uses credential_process, which is not supported"),
            ("sso", "the profile sso uses sso_session, which is not supported; keys, source_profile"),
            ("loop", "refers to itself"),
        ] {
            let error = resolve(name).unwrap_err();
            assert!(error.contains(expected), "{name}: {error}");
        }
    }
}
