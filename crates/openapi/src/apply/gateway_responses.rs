//! Customised gateway responses.

use stagedoor_model::{GatewayResponse, GatewayResponseType};

use super::{Element, Import};
use crate::node::{Entry, Node};

const WORDS: [&str; 3] = ["statusCode", "responseParameters", "responseTemplates"];

impl<'a> Import<'a> {
    pub(super) fn apply_gateway_responses(&mut self) {
        for entry in self.reading.entries(self.root(), "x-amazon-apigateway-gateway-responses") {
            let Some(response_type) = GatewayResponseType::parse(&entry.key) else {
                let message = format!("Invalid gateway response type specified: {}", entry.key);
                self.reading.fail(entry.place, message);
                continue;
            };
            if self.reading.is_object(&entry.value) {
                let response = self.gateway_response(response_type, entry);
                self.places.insert(Element::GatewayResponse(response_type), entry.place);
                self.tree.gateway_responses.insert(response_type, response);
            }
        }
    }

    fn gateway_response(&mut self, response_type: GatewayResponseType, entry: &'a Entry) -> GatewayResponse {
        let node = &entry.value;
        for word in node.entries().iter().filter(|word| !WORDS.contains(&word.key.as_str())) {
            let message = format!("Ignoring '{}' of gateway response {response_type}", word.key);
            self.reading.warn(word.place, message);
        }
        let built_in = GatewayResponse::built_in(response_type);
        let templates = self.reading.text_map(node, "responseTemplates");
        GatewayResponse {
            status: self.gateway_status(response_type, node),
            parameters: self.reading.text_map(node, "responseParameters"),
            templates: if templates.is_empty() { built_in.templates } else { templates },
            response_type,
        }
    }

    fn gateway_status(&mut self, response_type: GatewayResponseType, node: &'a Node) -> Option<u16> {
        let given = &node.entry("statusCode")?.value;
        let code = given.as_u64().filter(|code| (100..600).contains(code));
        if code.is_none() {
            let message = format!("Invalid status code of gateway response {response_type}");
            self.reading.fail(given.place, message);
        }
        code.and_then(|code| u16::try_from(code).ok())
    }
}
