//! Where an embedder's language differs from Velocity's.

/// Differences from Velocity 1.7. The default is Velocity with its optional parts as they are by default.
#[derive(Debug, Clone)]
pub struct Options {
    /// A reference without value is the empty string: it prints nothing instead of its own text, and is true in `#if`.
    pub missing_is_empty: bool,
    /// The most rounds of one `#foreach`; further ones are left out, as Velocity does with `directive.foreach.maxloops`.
    pub max_loops: usize,
    /// The longest template in bytes.
    pub max_template: usize,
    /// How deep calls of macros may nest; Velocity's `velocimacro.max.depth`.
    pub max_calls: usize,
    /// How deep blocks, brackets and strings may nest in a template.
    pub max_nesting: usize,
}

impl Options {
    /// Velocity as Amazon API Gateway runs it.
    #[must_use]
    pub fn api_gateway() -> Self {
        Self { missing_is_empty: true, max_loops: 1000, max_template: 300 * 1024, ..Self::default() }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            missing_is_empty: false,
            max_loops: usize::MAX,
            max_template: 16 << 20,
            max_calls: 20,
            max_nesting: 100,
        }
    }
}
