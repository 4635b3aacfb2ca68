//! Paths into resources.

use std::collections::BTreeMap;

use stagedoor_base::ResourceId;
use stagedoor_model::{HttpMethod, Resource};

use super::{BasePath, Import};
use crate::node::{Entry, Node};
use crate::{Place, Version};

const VERBS: [(&str, HttpMethod); 8] = [
    ("get", HttpMethod::Get),
    ("put", HttpMethod::Put),
    ("post", HttpMethod::Post),
    ("delete", HttpMethod::Delete),
    ("patch", HttpMethod::Patch),
    ("options", HttpMethod::Options),
    ("head", HttpMethod::Head),
    ("x-amazon-apigateway-any-method", HttpMethod::Any),
];

impl<'a> Import<'a> {
    pub(super) fn apply_paths(&mut self) {
        let mut above = match self.options.base_path {
            BasePath::Ignore => Vec::new(),
            BasePath::Prepend | BasePath::Split => self.base_path(),
        };
        if self.options.base_path == BasePath::Split && !above.is_empty() {
            above.remove(0);
        }
        let root = self.root();
        if root.entry("paths").is_none() && self.version != Version::OpenApi31 {
            self.reading.warn_about_missing(root, "paths");
        }
        for entry in self.reading.objects(root, "paths") {
            self.apply_path(&above, entry);
            if self.reading.is_hopeless() {
                return;
            }
        }
    }

    fn apply_path(&mut self, above: &[String], entry: &'a Entry) {
        if !entry.key.starts_with('/') {
            self.reading.fail(
                entry.place,
                format!("Unable to create resource at path '{}': no leading slash", entry.key),
            );
            return;
        }
        let below = entry.key.split('/').filter(|segment| !segment.is_empty());
        let mut id = self.tree.api.root_resource_id.clone();
        for segment in above.iter().map(String::as_str).chain(below) {
            match self.child(&id, segment) {
                Ok(child) => id = child,
                Err(reason) => {
                    self.reading.fail(
                        entry.place,
                        format!("Unable to create resource at path '{}': {reason}", entry.key),
                    );
                    return;
                }
            }
        }
        if let Some(item) = self.reading.resolve(&entry.value).filter(|item| self.reading.is_object(item)) {
            self.apply_item(&id, item);
        }
    }

    fn apply_item(&mut self, id: &ResourceId, item: &'a Node) {
        self.check_path_words(item);
        self.describe_resource(id, item);
        self.describe_shared_parameters(id, item);
        for entry in item.entries() {
            let verb = VERBS.iter().find(|(word, _)| *word == entry.key);
            match verb {
                Some((_, verb)) => self.apply_method(id, *verb, item, entry),
                None if entry.key == "trace" => {
                    self.reading
                        .warn(entry.place, "Ignoring a TRACE operation: API Gateway has no such method");
                }
                None => {}
            }
        }
    }

    /// The child with this segment, made when it is missing.
    fn child(&mut self, parent: &ResourceId, segment: &str) -> Result<ResourceId, String> {
        let known = self.tree.children(parent).find(|child| child.path_part == segment);
        let id = match known.map(|child| child.id.clone()) {
            Some(id) => id,
            None => self.new_child(parent, segment)?,
        };
        self.touched.insert(id.clone());
        Ok(id)
    }

    fn new_child(&mut self, parent: &ResourceId, segment: &str) -> Result<ResourceId, String> {
        self.check_place(parent, segment)?;
        // The root is not counted: every API has one.
        if self.tree.resources.len() > self.options.limits.resources_per_api {
            return Err(
                "Maximum number of Resources for this API has been reached.  Please contact AWS if you need \
                        additional Resources."
                    .to_owned(),
            );
        }
        let id = loop {
            let id = ResourceId::from(self.entropy.id(6));
            if !self.tree.resources.contains_key(&id) {
                break id;
            }
        };
        let resource = Resource {
            id: id.clone(),
            parent_id: Some(parent.clone()),
            path_part: segment.to_owned(),
            path: String::new(),
            methods: BTreeMap::new(),
        };
        self.tree.resources.insert(id.clone(), resource);
        self.tree.refresh_paths(&id);
        Ok(id)
    }

    /// The rules of CreateResource. A sibling that an overwrite is going to remove does not count.
    fn check_place(&self, parent: &ResourceId, segment: &str) -> Result<(), String> {
        let stays = |sibling: &Resource| !self.overwrites() || self.touched.contains(&sibling.id);
        self.tree.check_place(parent, segment, stays).map_err(|problem| problem.to_string())
    }

    /// The whole path of a resource.
    pub(super) fn path_of(&self, id: &ResourceId) -> String {
        self.tree.resources.get(id).map(|resource| resource.path.clone()).unwrap_or_default()
    }

    /// How messages name a method: `'GET' for resource at path '/pets'`.
    pub(super) fn method_name(&self, id: &ResourceId, verb: HttpMethod) -> String {
        let path = self.tree.resources.get(id).map_or("", |resource| resource.path.as_str());
        format!("'{verb}' for resource at path '{path}'")
    }

    pub(super) fn fail_method(&mut self, place: Place, action: &str, method: &str, reason: &str) {
        self.reading.fail(place, format!("Unable to put {action} on {method}: {reason}"));
    }
}
