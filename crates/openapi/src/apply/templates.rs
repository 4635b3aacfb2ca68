//! Mapping templates of integrations and of their responses.
//!
//! In: objects of texts by media type. Out: the templates, and for those that do not parse the place in the document where
//! the template is wrong. Rendering them is not known here.

use stagedoor_model::Templates;
use stagedoor_vtl::{Options, ParseError, Template};

use super::Import;
use super::integration::Site;
use crate::Place;
use crate::node::{Entry, Node, Value};
use crate::read::inside;

pub(super) const REQUEST_TEMPLATES: &str = "requestTemplates";
pub(super) const RESPONSE_TEMPLATES: &str = "responseTemplates";

impl<'a> Import<'a> {
    /// Templates by media type; `null` and the empty text are kept as none.
    pub(super) fn templates(&mut self, site: &Site, node: &'a Node, key: &str) -> Option<Templates> {
        let given = self.reading.object(node, key)?;
        let mut templates = Templates::new();
        for entry in given.entries() {
            match &entry.value.value {
                Value::Null => drop(templates.insert(entry.key.clone(), None)),
                Value::Text(text) => {
                    self.check_template(site, key, entry, text);
                    let text = Some(text.clone()).filter(|text| !text.is_empty());
                    templates.insert(entry.key.clone(), text);
                }
                _ => self.warn_about_type(site, key, entry),
            }
        }
        Some(templates)
    }

    fn check_template(&mut self, site: &Site, key: &str, entry: &Entry, text: &str) {
        if !self.options.check_templates {
            return;
        }
        let Err(error) = Template::parse(text, &Options::api_gateway()) else { return };
        let action = if key == REQUEST_TEMPLATES { "integration" } else { "integration response" };
        let (place, problem) = match self.place_inside(entry, text, &error) {
            Some(place) => (place, error.problem.into_owned()),
            None => (entry.value.place, error.to_string()),
        };
        let reason = format!("The template for '{}' does not parse: {problem}", entry.key);
        self.fail_method(place, action, &site.method, &reason);
    }

    /// Where the document says what is wrong; none where it says it in other characters (aliases, replaced variables).
    fn place_inside(&self, entry: &Entry, text: &str, error: &ParseError) -> Option<Place> {
        let index = |count: u32| usize::try_from(count).map_or(usize::MAX, |count| count.saturating_sub(1));
        let before: usize =
            text.split('\n').take(index(error.line)).map(|line| line.chars().count() + 1).sum();
        inside::place(self.text, entry.value.place, text, before.saturating_add(index(error.column)))
    }
}
