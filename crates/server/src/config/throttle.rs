//! The key `account_throttle`: what accounts may call altogether, in each region.
//!
//! In: `off`, `{rate}:{burst}`, or a map with `default` and accounts. Out: the limits, where nothing is said AWS's under `dev`
//! and none under `serve`. `STAGEDOOR_ACCOUNT_THROTTLE` stands in place of `default`.

use std::collections::HashMap;
use std::str::FromStr;

use stagedoor_base::{AccountId, AccountThrottle, AccountThrottles};

use super::tree::{Entry, Node, Value};
use super::written::Reader;

const VARIABLE: &str = "STAGEDOOR_ACCOUNT_THROTTLE";
const WHAT: &str = "`off`, or requests a second and at once, like `10000:5000`";

/// What is said of accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ThrottleConfig {
    all: Option<Setting>,
    own: Vec<(AccountId, Setting)>,
}

/// A limit, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    Off,
    Limit { rate: u32, burst: u32 },
}

impl FromStr for Setting {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "off" {
            return Ok(Self::Off);
        }
        let (rate, burst) = text.split_once(':').ok_or(())?;
        let (Ok(rate), Ok(burst)) = (rate.parse(), burst.parse()) else { return Err(()) };
        if rate == 0 || burst == 0 { Err(()) } else { Ok(Self::Limit { rate, burst }) }
    }
}

impl From<Setting> for Option<AccountThrottle> {
    fn from(setting: Setting) -> Self {
        match setting {
            Setting::Off => None,
            Setting::Limit { rate, burst } => Some(AccountThrottle { rate: rate.into(), burst }),
        }
    }
}

impl ThrottleConfig {
    /// The limits that hold. `variable` looks into the environment.
    ///
    /// # Errors
    /// A sentence when the environment's word is none.
    pub(crate) fn resolve(
        &self,
        dev: bool,
        variable: impl FnOnce(&str) -> Option<String>,
    ) -> Result<AccountThrottles, String> {
        let given = match variable(VARIABLE) {
            Some(text) => Some(text.parse().map_err(|()| format!("{VARIABLE}: `{text}` is not {WHAT}"))?),
            None => self.all,
        };
        let otherwise = dev.then(AccountThrottle::default);
        let all = given.map_or(otherwise, Setting::into);
        let own: HashMap<_, _> =
            self.own.iter().map(|(account, it)| (account.clone(), (*it).into())).collect();
        Ok(AccountThrottles { all, own })
    }
}

pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> ThrottleConfig {
    let mut config = ThrottleConfig::default();
    if !matches!(node.value, Value::Map(_)) {
        config.all = reader.parsed(node, WHAT);
        return config;
    }
    for Entry { key, value, place } in reader.map(node) {
        let setting = reader.parsed(value, WHAT);
        match (key.as_str(), AccountId::parse(key)) {
            ("default", _) => config.all = setting,
            (_, Ok(account)) => config.own.extend(setting.map(|setting| (account, setting))),
            (_, Err(_)) => {
                reader.complain(*place, format!("`{key}` is neither `default` nor an account of 12 digits"));
            }
        }
    }
    config
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use stagedoor_base::{AccountId, AccountThrottle};

    use crate::config::Config;

    /// What the default account and account 1… may call: under `dev`, with this word in the environment.
    fn check(text: &str, variable: Option<&str>, expected: [Option<(f64, u32)>; 2]) {
        let config = Config::parse(Path::new("stagedoor.yaml"), text).unwrap();
        let throttles = config.throttle.resolve(true, |_| variable.map(str::to_owned)).unwrap();
        let found = ["000000000000", "111111111111"].map(|account| throttles.of(&AccountId::from(account)));
        let limit = |(rate, burst)| AccountThrottle { rate, burst };
        assert_eq!(found, expected.map(|it| it.map(limit)), "{text} {variable:?}");
    }

    #[test]
    fn accounts_have_their_limits() {
        let aws = Some((10_000.0, 5_000));
        check("", None, [aws, aws]);
        check("account_throttle: off\n", None, [None, None]);
        check("account_throttle: 20:7\n", None, [Some((20.0, 7)), Some((20.0, 7))]);
        check("account_throttle: 20:7\n", Some("off"), [None, None]);
        let own = "account_throttle: {default: '1:2', '111111111111': 3:4}\n";
        check(own, None, [Some((1.0, 2)), Some((3.0, 4))]);
        check(own, Some("9:9"), [Some((9.0, 9)), Some((3.0, 4))]);
        check("account_throttle: {'111111111111': off}\n", None, [aws, None]);
    }

    #[test]
    fn serve_limits_only_where_it_is_said() {
        let throttles = super::ThrottleConfig::default().resolve(false, |_| None).unwrap();
        assert_eq!(throttles.all, None);
    }

    #[test]
    fn mistakes_are_told() {
        for text in ["fast", "10", "0:5", "5:0", "-1:5", "{default: x}", "{'12': off}", "[off]"] {
            let text = format!("account_throttle: {text}\n");
            assert!(Config::parse(Path::new("stagedoor.yaml"), &text).is_err(), "{text}");
        }
        assert!(super::ThrottleConfig::default().resolve(true, |_| Some("fast".to_owned())).is_err());
    }
}
