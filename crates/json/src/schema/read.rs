//! The keywords of one schema object, read strictly: draft 4's own types for each.

use super::child::{Children, Items};
use super::compile::{Compiler, Place};
use super::ecma::Pattern;
use super::format::Format;
use super::keyword::{Bound, Dependencies, Dependency, Keyword};
use super::types::Types;
use super::{Id, Node, SchemaError, SchemaProblem, unique};
use crate::{Map, Number, Value};

type Read<T> = Result<T, SchemaError>;

const SCHEMAS: &str = "an array of one schema at least";
const COUNT: &str = "a whole number, not negative";
const NAMES: &str = "an array of different strings";

pub(super) struct Reader<'r, 'd> {
    pub(super) compiler: &'r mut Compiler<'d>,
    pub(super) place: &'r Place,
    pub(super) members: &'r Map,
}

impl<'r> Reader<'r, '_> {
    pub(super) fn node(mut self) -> Read<Node> {
        // Definitions are compiled when something refers to them; that they are objects is checked.
        self.object("definitions")?;
        let children = self.children()?;
        let mut keywords = Vec::new();
        self.of_arrays(&mut keywords)?;
        self.of_objects(&mut keywords)?;
        self.of_others(&mut keywords)?;
        self.of_schemas(&mut keywords)?;
        keywords.sort_by_key(|(name, _)| (*name == "format", *name));
        let keywords = keywords.into_iter().map(|(_, keyword)| keyword).collect();
        Ok(Node { keywords, children })
    }

    fn of_arrays(&mut self, keywords: &mut Vec<(&'static str, Keyword)>) -> Read<()> {
        let closed = self.members.get("additionalItems") == Some(&Value::Bool(false));
        if let (true, Some(first)) = (closed, self.members.get("items").and_then(Value::as_array)) {
            keywords.push(("additionalItems", Keyword::AdditionalItems(first.len())));
        }
        let max = self.count("maxItems")?.map(|count| ("maxItems", Keyword::MaxItems(count)));
        let min = self.count("minItems")?.filter(|count| *count > 0);
        keywords.extend(max.into_iter().chain(min.map(|count| ("minItems", Keyword::MinItems(count)))));
        if self.truth("uniqueItems")? == Some(true) {
            keywords.push(("uniqueItems", Keyword::UniqueItems));
        }
        Ok(())
    }

    fn of_objects(&mut self, keywords: &mut Vec<(&'static str, Keyword)>) -> Read<()> {
        if self.members.get("additionalProperties") == Some(&Value::Bool(false)) {
            keywords.push(("additionalProperties", Keyword::AdditionalProperties));
        }
        if let Some(dependencies) = self.dependencies()? {
            keywords.push(("dependencies", Keyword::Dependencies(dependencies)));
        }
        let max = self.count("maxProperties")?.map(|count| ("maxProperties", Keyword::MaxProperties(count)));
        let min = self.count("minProperties")?.filter(|count| *count > 0);
        keywords
            .extend(max.into_iter().chain(min.map(|count| ("minProperties", Keyword::MinProperties(count)))));
        if let Some(value) = self.members.get("required") {
            let names = names(value).filter(|names| !names.is_empty());
            let names =
                names.ok_or_else(|| self.wrong("required", "an array of one different string at least"))?;
            keywords.push(("required", Keyword::Required(names)));
        }
        Ok(())
    }

    fn of_others(&mut self, keywords: &mut Vec<(&'static str, Keyword)>) -> Read<()> {
        if let Some(value) = self.members.get("enum") {
            let values = value.as_array().filter(|values| !values.is_empty() && unique::all_differ(values));
            let values =
                values.ok_or_else(|| self.wrong("enum", "an array of one different value at least"))?;
            keywords.push(("enum", Keyword::Enum(values.into())));
        }
        if let Some(types) = self.types()? {
            keywords.push(("type", Keyword::Type(types)));
        }
        let max = self.count("maxLength")?.map(|count| ("maxLength", Keyword::MaxLength(count)));
        let min = self.count("minLength")?.filter(|count| *count > 0);
        keywords.extend(max.into_iter().chain(min.map(|count| ("minLength", Keyword::MinLength(count)))));
        if let Some(source) = self.text("pattern")? {
            keywords.push(("pattern", Keyword::Pattern(self.pattern(source)?)));
        }
        if let Some(format) = self.text("format")?.and_then(Format::named) {
            keywords.push(("format", Keyword::Format(format)));
        }
        let maximum = self.bound("maximum", "exclusiveMaximum")?.map(Keyword::Maximum);
        let minimum = self.bound("minimum", "exclusiveMinimum")?.map(Keyword::Minimum);
        keywords.extend(maximum.map(|keyword| ("maximum", keyword)));
        keywords.extend(minimum.map(|keyword| ("minimum", keyword)));
        if let Some(divisor) = self.number("multipleOf")? {
            if divisor.compare(&Number::from(0)).is_le() {
                return Err(self.wrong("multipleOf", "greater than zero"));
            }
            keywords.push(("multipleOf", Keyword::MultipleOf(divisor.clone())));
        }
        Ok(())
    }

    fn of_schemas(&mut self, keywords: &mut Vec<(&'static str, Keyword)>) -> Read<()> {
        keywords.extend(self.schemas("allOf")?.map(|ids| ("allOf", Keyword::AllOf(ids))));
        keywords.extend(self.schemas("anyOf")?.map(|ids| ("anyOf", Keyword::AnyOf(ids))));
        keywords.extend(self.schemas("oneOf")?.map(|ids| ("oneOf", Keyword::OneOf(ids))));
        if self.members.contains_key("not") {
            keywords.push(("not", Keyword::Not(self.child("not", None)?)));
        }
        Ok(())
    }

    fn children(&mut self) -> Read<Children> {
        let mut children = Children::default();
        for name in self.object("properties")?.into_iter().flat_map(Map::keys) {
            children.properties.insert(name.into(), self.child("properties", Some(name))?);
        }
        for source in self.object("patternProperties")?.into_iter().flat_map(Map::keys) {
            let pattern = self.pattern(source)?;
            children.patterns.push((pattern, self.child("patternProperties", Some(source))?));
        }
        children.additional_properties = self.truth_or_schema("additionalProperties")?;
        let rest = self.truth_or_schema("additionalItems")?;
        children.items = match self.members.get("items") {
            None => Items::Any,
            Some(Value::Array(items)) => {
                let ids = (0..items.len()).map(|index| self.child("items", Some(&index.to_string())));
                Items::Each { first: ids.collect::<Read<_>>()?, rest }
            }
            Some(_) => Items::All(self.child("items", None)?),
        };
        Ok(children)
    }

    /// The id of the schema under a keyword, or under a key of it.
    fn child(&mut self, keyword: &'static str, key: Option<&str>) -> Read<Id> {
        self.compiler.id(&self.place.child(keyword, key))
    }

    fn schemas(&mut self, keyword: &'static str) -> Read<Option<Box<[Id]>>> {
        let Some(value) = self.members.get(keyword) else { return Ok(None) };
        let schemas = value.as_array().filter(|schemas| !schemas.is_empty());
        let count = schemas.ok_or_else(|| self.wrong(keyword, SCHEMAS))?.len();
        let ids = (0..count).map(|index| self.child(keyword, Some(&index.to_string())));
        ids.collect::<Read<_>>().map(Some)
    }

    fn dependencies(&mut self) -> Read<Option<Dependencies>> {
        let Some(members) = self.object("dependencies")? else { return Ok(None) };
        let mut dependencies = Vec::with_capacity(members.len());
        for (name, value) in members {
            let dependency = match value {
                Value::Array(_) => {
                    Dependency::Members(names(value).ok_or_else(|| self.wrong("dependencies", NAMES))?)
                }
                _ => Dependency::Schema(self.child("dependencies", Some(name))?),
            };
            dependencies.push((name.into(), dependency));
        }
        Ok(Some(dependencies.into()))
    }

    fn types(&self) -> Read<Option<Types>> {
        let Some(value) = self.members.get("type") else { return Ok(None) };
        let names = match value {
            Value::Array(items) if !items.is_empty() => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let add = |types: Types, name: &Value| types.with(name.as_str()?);
        let types = names.iter().try_fold(Types::default(), add);
        types.map(Some).ok_or_else(|| self.wrong("type", "one of the seven types, or an array of them"))
    }

    fn bound(&self, keyword: &'static str, exclusive: &'static str) -> Read<Option<Bound>> {
        let exclusive = self.truth(exclusive)?.unwrap_or(false);
        let limit = self.number(keyword)?;
        Ok(limit.map(|limit| Bound { limit: limit.clone(), exclusive }))
    }

    fn pattern(&self, source: &str) -> Read<Pattern> {
        Pattern::new(source).ok_or_else(|| self.place.error(SchemaProblem::Pattern(source.to_owned())))
    }

    /// A keyword that holds either a truth value or a schema; the schema's id.
    fn truth_or_schema(&mut self, keyword: &'static str) -> Read<Option<Id>> {
        match self.members.get(keyword) {
            None | Some(Value::Bool(_)) => Ok(None),
            Some(Value::Object(_)) => self.child(keyword, None).map(Some),
            Some(_) => Err(self.wrong(keyword, "a boolean or a schema")),
        }
    }

    fn count(&self, keyword: &'static str) -> Read<Option<u64>> {
        let Some(value) = self.members.get(keyword) else { return Ok(None) };
        let count = value.as_number().and_then(Number::as_i64).and_then(|count| u64::try_from(count).ok());
        count.map(Some).ok_or_else(|| self.wrong(keyword, COUNT))
    }

    fn number(&self, keyword: &'static str) -> Read<Option<&'r Number>> {
        let Some(value) = self.members.get(keyword) else { return Ok(None) };
        value.as_number().map(Some).ok_or_else(|| self.wrong(keyword, "a number"))
    }

    fn text(&self, keyword: &'static str) -> Read<Option<&'r str>> {
        let Some(value) = self.members.get(keyword) else { return Ok(None) };
        value.as_str().map(Some).ok_or_else(|| self.wrong(keyword, "a string"))
    }

    fn truth(&self, keyword: &'static str) -> Read<Option<bool>> {
        let Some(value) = self.members.get(keyword) else { return Ok(None) };
        value.as_bool().map(Some).ok_or_else(|| self.wrong(keyword, "a boolean"))
    }

    fn object(&self, keyword: &'static str) -> Read<Option<&'r Map>> {
        let Some(value) = self.members.get(keyword) else { return Ok(None) };
        value.as_object().map(Some).ok_or_else(|| self.wrong(keyword, "an object"))
    }

    fn wrong(&self, keyword: &'static str, wanted: &'static str) -> SchemaError {
        self.place.error(SchemaProblem::Keyword(keyword, wanted))
    }
}

/// Different strings.
fn names(value: &Value) -> Option<Box<[Box<str>]>> {
    let names: Option<Vec<Box<str>>> =
        value.as_array()?.iter().map(|name| name.as_str().map(Box::from)).collect();
    let mut sorted = names.clone()?;
    sorted.sort_unstable();
    sorted.dedup();
    names.filter(|names| names.len() == sorted.len()).map(Vec::into_boxed_slice)
}
