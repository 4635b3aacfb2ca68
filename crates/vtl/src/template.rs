//! A template, ready to be rendered.

use std::sync::Arc;

use crate::error::{ParseError, RenderError};
use crate::host::Host;
use crate::limits::Limits;
use crate::options::Options;

/// A parsed template. Clones share it, threads may too.
#[derive(Debug, Clone)]
pub struct Template {
    text: Arc<str>,
}

impl Template {
    /// Parses a text.
    ///
    /// # Errors
    /// When it is no template.
    pub fn parse(text: &str, _options: &Options) -> Result<Self, ParseError> {
        Ok(Self { text: text.into() })
    }

    /// Renders it with the variables of a host.
    ///
    /// # Errors
    /// When a method fails or a limit is passed.
    pub fn render(&self, _host: &mut dyn Host, _limits: &Limits) -> Result<String, RenderError> {
        Ok(self.text.as_ref().to_owned())
    }

    /// The output, when it is the same for every host.
    #[must_use]
    pub fn as_static(&self) -> Option<&str> {
        None
    }
}
