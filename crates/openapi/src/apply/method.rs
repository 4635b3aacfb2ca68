//! An operation into a method.

use stagedoor_base::ResourceId;
use stagedoor_model::{HttpMethod, Method};

use super::{AppliedMethod, Import};
use crate::node::{Entry, Node};

impl<'a> Import<'a> {
    /// Replaces the method wholly, whatever the mode.
    pub(super) fn apply_method(
        &mut self,
        id: &ResourceId,
        verb: HttpMethod,
        item: &'a Node,
        entry: &'a Entry,
    ) {
        let operation = &entry.value;
        if !operation.is_object() {
            self.fail(entry.place, format!("The operation '{}' is not an object", entry.key));
            return;
        }
        self.check_operation_extensions(operation);
        let mut method = Method::open(verb);
        method.operation_name =
            operation.get("operationId").and_then(Node::scalar).filter(|text| !text.is_empty());
        method.request_validator_id = self.validator_of(operation);
        let parameters = self.parameters(item, operation);
        self.apply_parameters(&mut method, id, &parameters);
        self.apply_request_body(&mut method, &parameters, operation);
        self.apply_security(&mut method, operation);
        self.apply_responses(&mut method, operation);
        method.integration = self.integration(id, verb, operation);
        if let Some(resource) = self.tree.resources.get_mut(id) {
            resource.methods.insert(verb, method);
        }
        self.methods.push(AppliedMethod { resource_id: id.clone(), http_method: verb, place: entry.place });
    }
}
