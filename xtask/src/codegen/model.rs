//! A botocore service model as the generator needs it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::Value;

/// A service whose module is generated.
#[derive(Debug)]
pub(super) struct Service {
    /// The name in botocore and of the module.
    pub(super) name: &'static str,
    pub(super) api_version: &'static str,
    /// The variant of `Operation`.
    pub(super) variant: &'static str,
    /// The operations to generate; none is all.
    pub(super) only: Option<&'static [&'static str]>,
}

impl Service {
    /// Whether calls are forms and answers XML, without a URI for each operation.
    pub(super) fn is_query(&self) -> bool {
        matches!(self.name, "iam" | "sts")
    }
}

#[derive(Debug)]
pub(super) struct Model {
    pub(super) is_query: bool,
    pub(super) operations: Vec<Operation>,
    pub(super) shapes: BTreeMap<String, Shape>,
}

#[derive(Debug)]
pub(super) struct Operation {
    pub(super) name: String,
    pub(super) method: String,
    pub(super) uri: String,
    pub(super) status: u64,
    pub(super) input: Option<String>,
    pub(super) output: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Structure(Vec<Member>),
    List(String),
    Map { key: String, value: String },
    String,
    Integer,
    Long,
    Double,
    Boolean,
    Timestamp { iso: bool },
    Blob,
}

#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    pub(super) payload: Option<String>,
    pub(super) values: Vec<String>,
    pub(super) pattern: Option<String>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) shape: String,
    /// The name on the wire.
    pub(super) wire_name: String,
    pub(super) location: Location,
    pub(super) required: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Location {
    Body,
    Uri,
    Query,
    /// A map whose entries are parameters of the query.
    QueryRest,
    Header,
    Status,
}

impl Model {
    pub(super) fn read(source: &Value, service: &Service) -> Result<Self> {
        let default_iso = !matches!(service.name, "apigateway" | "lambda");
        let operations = source["operations"].as_object().context("operations")?;
        let wanted = |name: &str| service.only.is_none_or(|only| only.contains(&name));
        let operations = operations.iter().filter(|(name, _)| wanted(name));
        let operations: Result<Vec<Operation>> =
            operations.map(|(_, value)| Operation::read(value)).collect();
        let shapes = source["shapes"].as_object().context("shapes")?;
        let mut read = BTreeMap::new();
        for (name, value) in shapes {
            if let Some(shape) = Shape::read(value, default_iso)? {
                read.insert(name.clone(), shape);
            }
        }
        let mut operations = operations?;
        // A stream of events is no JSON: whoever answers such an operation frames them.
        for operation in &mut operations {
            operation.output.take_if(|output| is_event_stream(&source["shapes"], output));
        }
        operations.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { is_query: service.is_query(), operations, shapes: read })
    }

    pub(super) fn members(&self, structure: &str) -> &[Member] {
        match &self.shapes[structure].kind {
            Kind::Structure(members) => members,
            _ => &[],
        }
    }

    /// The structures below some shapes, those themselves included.
    pub(super) fn structures<'a>(&self, tops: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
        let mut pending: Vec<String> = tops.cloned().collect();
        let mut seen = BTreeSet::new();
        while let Some(name) = pending.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            match &self.shapes[&name].kind {
                Kind::Structure(members) => pending.extend(members.iter().map(|member| member.shape.clone())),
                Kind::List(item) => pending.push(item.clone()),
                Kind::Map { key, value } => pending.extend([key.clone(), value.clone()]),
                _ => {}
            }
        }
        seen.retain(|name| matches!(self.shapes[name].kind, Kind::Structure(_)));
        seen
    }
}

impl Operation {
    fn read(value: &Value) -> Result<Self> {
        let http = &value["http"];
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Ok(Self {
            name: text(&value["name"]).context("name")?,
            method: text(&http["method"]).context("method")?,
            uri: text(&http["requestUri"]).context("requestUri")?,
            status: http["responseCode"].as_u64().unwrap_or(200),
            input: text(&value["input"]["shape"]),
            output: text(&value["output"]["shape"]),
        })
    }
}

impl Shape {
    /// None for shapes of types that no operation here uses.
    fn read(value: &Value, default_iso: bool) -> Result<Option<Self>> {
        let shape = |key: &str| value[key]["shape"].as_str().map(str::to_owned).context("shape");
        let kind = match value["type"].as_str().context("type")? {
            "structure" => Kind::Structure(members(value)?),
            "list" => Kind::List(shape("member")?),
            "map" => Kind::Map { key: shape("key")?, value: shape("value")? },
            "string" => Kind::String,
            "integer" => Kind::Integer,
            "long" => Kind::Long,
            "double" | "float" => Kind::Double,
            "boolean" => Kind::Boolean,
            "timestamp" => Kind::Timestamp { iso: default_iso },
            "blob" => Kind::Blob,
            _ => return Ok(None),
        };
        let values = value["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        Ok(Some(Self {
            kind,
            payload: value["payload"].as_str().map(str::to_owned),
            values: values.map(str::to_owned).collect(),
            pattern: value["pattern"].as_str().map(str::to_owned),
            min: value["min"].as_f64(),
            max: value["max"].as_f64(),
        }))
    }
}

fn is_event_stream(shapes: &Value, output: &str) -> bool {
    let members = shapes[output]["members"].as_object().into_iter().flatten();
    members
        .filter_map(|(_, member)| member["shape"].as_str())
        .any(|shape| shapes[shape]["eventstream"] == true)
}

fn members(structure: &Value) -> Result<Vec<Member>> {
    let required: Vec<&str> =
        structure["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let members = structure["members"].as_object().context("members")?;
    members.iter().map(|(name, value)| member(name, value, required.contains(&name.as_str()))).collect()
}

fn member(name: &str, value: &Value, required: bool) -> Result<Member> {
    let wire_name = value["locationName"].as_str();
    let location = match (value["location"].as_str(), wire_name) {
        (None, _) => Location::Body,
        (Some("uri"), _) => Location::Uri,
        (Some("querystring"), Some(_)) => Location::Query,
        (Some("querystring"), None) => Location::QueryRest,
        (Some("header"), _) => Location::Header,
        (Some("statusCode"), _) => Location::Status,
        (Some(other), _) => anyhow::bail!("member {name}: location {other}"),
    };
    Ok(Member {
        name: name.to_owned(),
        shape: value["shape"].as_str().context("shape")?.to_owned(),
        wire_name: wire_name.unwrap_or(name).to_owned(),
        location,
        required,
    })
}
