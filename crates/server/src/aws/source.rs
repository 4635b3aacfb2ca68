//! The gateway's own AWS credentials, from where the configuration says. Reads variables and files; may block.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use stagedoor_auth::sigv4::Secret;

use super::profile::{Profiles, Resolved};
use super::{CredentialsConfig, Keys, RoleStep, Source};

const NONE: &str = "this gateway has no AWS credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or `credentials:` in stagedoor.yaml";

/// Keys, and the roles to take with them before those of integrations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Own {
    pub(super) keys: Keys,
    pub(super) steps: Vec<RoleStep>,
    /// Where the keys were found, for a person.
    found: String,
}

/// Finds the gateway's own credentials.
///
/// # Errors
/// Why there are none, for a person.
pub(crate) fn look_up(config: &CredentialsConfig) -> Result<Own, String> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    look_up_in(config, variable, &read_profiles)
}

/// What the credentials are, without telling secrets.
pub(crate) fn described(own: &Own) -> String {
    let roles = match own.steps.len() {
        0 => String::new(),
        1 => ", then one role".to_owned(),
        many => format!(", then {many} roles"),
    };
    format!("{} {}{roles}", own.keys.access_key, own.found)
}

type Read<'a> = &'a dyn Fn() -> Result<Profiles, String>;

fn look_up_in(
    config: &CredentialsConfig,
    variable: impl Fn(&str) -> Option<String>,
    profiles: Read<'_>,
) -> Result<Own, String> {
    let from_environment = || environment(&variable);
    let mut own = match &config.source {
        Source::Keys(keys) => Own::plain(keys.clone(), "from stagedoor.yaml"),
        Source::Environment => {
            let keys = from_environment().ok_or("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set")?;
            Own::plain(keys, "from the environment")
        }
        Source::Profile(name) => of_profile(name, &profiles()?, from_environment)?,
        Source::Usual => match (from_environment(), variable("AWS_PROFILE")) {
            (Some(keys), _) => Own::plain(keys, "from the environment"),
            (None, Some(name)) => of_profile(&name, &profiles()?, from_environment)?,
            (None, None) => of_profile("default", &profiles()?, from_environment).map_err(|error| {
                if error == "there is no profile default" { none(&variable) } else { error }
            })?,
        },
    };
    own.steps.extend(config.role.clone());
    Ok(own)
}

/// Nothing was found; variables of ways that are not followed are named.
fn none(variable: &impl Fn(&str) -> Option<String>) -> String {
    let other = [
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
    ];
    match other.into_iter().find(|name| variable(name).is_some()) {
        Some(name) => format!("{NONE} ({name} is set, but not supported)"),
        None => NONE.to_owned(),
    }
}

impl Own {
    /// The keys, for somebody who takes no roles.
    ///
    /// # Errors
    /// When these keys are only the way to a role.
    pub(crate) fn long_lived(self) -> Result<Keys, String> {
        match self.steps.len() {
            0 => Ok(self.keys),
            _ => Err(format!(
                "the credentials {} are those of a role, which this command does not take",
                self.found
            )),
        }
    }

    fn plain(keys: Keys, found: &str) -> Self {
        Self { keys, steps: Vec::new(), found: found.to_owned() }
    }
}

fn environment(variable: impl Fn(&str) -> Option<String>) -> Option<Keys> {
    Some(Keys {
        access_key: variable("AWS_ACCESS_KEY_ID")?,
        secret: Secret::from(variable("AWS_SECRET_ACCESS_KEY")?),
        session_token: variable("AWS_SESSION_TOKEN").map(Secret::from),
    })
}

fn of_profile(
    name: &str,
    profiles: &Profiles,
    from_environment: impl Fn() -> Option<Keys>,
) -> Result<Own, String> {
    let Resolved { keys, steps } = profiles.resolve(name)?;
    let unset = || format!("the profile {name} wants the environment's credentials, which are not set");
    let keys = keys.or_else(from_environment).ok_or_else(unset)?;
    Ok(Own { keys, steps, found: format!("from the profile {name}") })
}

fn read_profiles() -> Result<Profiles, String> {
    let text = |variable: &str, file: &str| {
        let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".aws").join(file));
        let path = std::env::var_os(variable).map(PathBuf::from).or_else(home);
        path.map_or_else(|| Ok(String::new()), |path| text_of(&path))
    };
    let config = text("AWS_CONFIG_FILE", "config")?;
    Ok(Profiles::parse(&config, &text("AWS_SHARED_CREDENTIALS_FILE", "credentials")?))
}

/// A file that is missing has no profiles.
fn text_of(path: &Path) -> Result<String, String> {
    match std::fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        read => read.map_err(|error| format!("{} cannot be read: {error}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use stagedoor_auth::sigv4::Secret;

    use super::super::{CredentialsConfig, Keys, RoleStep, Source};
    use super::{Profiles, described, look_up_in, text_of};

    fn look_up(source: Source, environment: &[(&str, &str)]) -> Result<String, String> {
        let role = RoleStep { arn: "arn:r".to_owned(), external_id: None, session_name: None };
        let config = CredentialsConfig { source, role: Some(role), keep: false };
        let variable = |name: &str| {
            environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let profiles = || {
            let text = "[default]\naws_access_key_id=FILE\naws_secret_access_key=s\n[other]\nregion=x\n";
            Ok(Profiles::parse("", text))
        };
        look_up_in(&config, variable, &profiles).map(|own| described(&own))
    }

    const PAIR: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "ENV"), ("AWS_SECRET_ACCESS_KEY", "s")];

    #[test]
    fn sources_in_their_order() {
        let keys =
            Keys { access_key: "YAML".to_owned(), secret: Secret::from("very secret"), session_token: None };
        for (source, environment, expected) in [
            (Source::Usual, &PAIR[..], Ok("ENV from the environment, then one role")),
            (Source::Usual, &PAIR[..1], Ok("FILE from the profile default, then one role")),
            (Source::Usual, &[("AWS_PROFILE", "no")], Err("there is no profile no")),
            (Source::Environment, &[], Err("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set")),
            (
                Source::Profile("default".to_owned()),
                &PAIR,
                Ok("FILE from the profile default, then one role"),
            ),
            (
                Source::Profile("other".to_owned()),
                &PAIR,
                Err("the profile other has no aws_access_key_id and aws_secret_access_key"),
            ),
            (Source::Keys(keys), &PAIR, Ok("YAML from stagedoor.yaml, then one role")),
        ] {
            let found = look_up(source, environment);
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{environment:?}");
        }
    }

    #[test]
    fn a_file_is_missing_or_read_or_complained_about() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credentials");
        assert_eq!(text_of(&path), Ok(String::new()));
        std::fs::write(&path, b"[default]\nx=\xff\n").unwrap();
        let error = text_of(&path).unwrap_err();
        assert!(error.starts_with(&format!("{} cannot be read: ", path.display())), "{error}");
        let config = CredentialsConfig::default();
        assert_eq!(look_up_in(&config, |_| None, &|| Err(error.clone())), Err(error.clone()));
    }

    #[test]
    fn without_any_it_says_what_to_set() {
        let config = CredentialsConfig::default();
        let error = look_up_in(&config, |_| None, &|| Ok(Profiles::default())).unwrap_err();
        assert!(error.contains("AWS_ACCESS_KEY_ID") && !error.contains("supported"), "{error}");
        let in_container = |name: &str| name.starts_with("AWS_CONTAINER").then(|| "/x".to_owned());
        let error = look_up_in(&config, in_container, &|| Ok(Profiles::default())).unwrap_err();
        assert!(
            error.ends_with("(AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is set, but not supported)"),
            "{error}"
        );
    }
}
