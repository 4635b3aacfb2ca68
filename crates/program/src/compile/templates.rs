//! The templates of integrations and of their responses.

use http::HeaderValue;
use stagedoor_model::{Integration, IntegrationResponse};

use super::Compiler;
use crate::reply_templates::by_media_type;
use crate::{BodyTemplate, MappingTemplate, RequestTemplates};

impl Compiler<'_> {
    pub(super) fn request_templates(&mut self, integration: &Integration) -> RequestTemplates {
        let entries = integration.request_templates.iter();
        let entries =
            entries.map(|(media, text)| (media.as_str().into(), self.body_template(media, text.as_deref())));
        RequestTemplates {
            entries: entries.collect(),
            passthrough: integration.passthrough_behavior,
            content_handling: integration.content_handling,
        }
    }

    pub(super) fn response_templates(
        &mut self,
        response: &IntegrationResponse,
    ) -> Box<[(HeaderValue, BodyTemplate)]> {
        let mut templates = Vec::new();
        for (media, text) in by_media_type(response.templates.iter().flatten()) {
            match HeaderValue::from_str(media) {
                Ok(key) => templates.push((key, self.body_template(media, text.as_deref()))),
                Err(_) => self.remark(format!("{media:?} is no media type")),
            }
        }
        templates.into()
    }

    /// Null and empty texts are no templates.
    fn body_template(&mut self, media: &str, text: Option<&str>) -> BodyTemplate {
        let Some(text) = text.filter(|text| !text.is_empty()) else { return BodyTemplate::Passthrough };
        match MappingTemplate::compile(text) {
            Ok(template) => match template.as_static() {
                Some(text) => BodyTemplate::Static(text.to_owned().into()),
                None => BodyTemplate::Vtl(template),
            },
            Err(error) => BodyTemplate::Broken(
                self.refuse(format!("the template for {media} cannot be parsed: {error}")),
            ),
        }
    }
}
