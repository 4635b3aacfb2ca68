//! `$context.requestOverride` and `$context.responseOverride` while a template runs: maps that it changes.

use std::cell::OnceCell;

use stagedoor_json as json;
use stagedoor_program::Overrides;
use stagedoor_vtl::{CallError, Exceeded, Key, Limits, Map, Meter, Pairs, Value};

use super::values::{from_json, members};

/// How deep overrides are followed; a list of header values needs three.
const DEPTH: u32 = 16;

/// The maps, made when a template first names one of them.
#[derive(Debug, Default)]
pub(super) struct OverrideMaps {
    maps: OnceCell<(Map, Map)>,
}

impl OverrideMaps {
    /// `requestOverride`; `before` is what an earlier template left.
    pub(super) fn request(&self, before: Option<&Overrides>, meter: &mut Meter) -> Result<Value, CallError> {
        Ok(Value::Map(self.maps(before, meter)?.0.clone()))
    }

    /// `responseOverride`.
    pub(super) fn response(&self, before: Option<&Overrides>, meter: &mut Meter) -> Result<Value, CallError> {
        Ok(Value::Map(self.maps(before, meter)?.1.clone()))
    }

    fn maps(&self, before: Option<&Overrides>, meter: &mut Meter) -> Result<&(Map, Map), CallError> {
        if let Some(maps) = self.maps.get() {
            return Ok(maps);
        }
        let maps = match before {
            None => (of_maps(&["header", "path", "querystring"]), of_maps(&["header"])),
            Some(before) => (copy(&before.request, meter)?, copy(&before.response, meter)?),
        };
        Ok(self.maps.get_or_init(|| maps))
    }

    /// What the template left; none when it touched nothing.
    pub(super) fn collect(&self, limits: &Limits) -> Result<Option<Overrides>, Exceeded> {
        let Some((request, response)) = self.maps.get() else { return Ok(None) };
        let mut meter = Meter::new(limits);
        let request = members(request, DEPTH, &mut meter)?;
        let response = members(response, DEPTH, &mut meter)?;
        Ok(Some(Overrides { request, response }))
    }
}

fn of_maps(names: &[&str]) -> Map {
    let pair = |name: &&str| (Key(Value::from(*name)), Value::Map(Map::default()));
    Map::new(names.iter().map(pair).collect::<Pairs>())
}

fn copy(members: &json::Map, meter: &mut Meter) -> Result<Map, CallError> {
    let mut pairs = Pairs::default();
    for (name, value) in members {
        pairs.insert(Key(Value::from(name)), from_json(value, meter)?);
    }
    Ok(Map::new(pairs))
}
