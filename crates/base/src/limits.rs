//! AWS's limits as one value, handed to whoever enforces them.

use crate::AccountThrottles;

/// Limits of the gateway; the default is AWS's own number for each.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Largest request or buffered response body in bytes (413, or 500 for a backend's).
    pub payload_bytes: usize,
    /// Total size of all request headers in bytes.
    pub header_bytes: usize,
    /// Longest request line URL in bytes (414).
    pub url_bytes: usize,
    /// Bytes that all buffered bodies of this node may hold together.
    pub buffered_bytes: usize,
    /// Shortest integration timeout in milliseconds.
    pub min_timeout_millis: u32,
    /// Longest integration timeout in milliseconds.
    pub max_timeout_millis: u32,
    /// Longest timeout of an integration that streams its reply, in milliseconds.
    pub max_stream_timeout_millis: u32,
    /// Longest time, in milliseconds, in which nothing comes of a streamed reply.
    pub stream_idle_millis: u32,
    /// Bytes of a streamed reply that may go as fast as they come.
    pub stream_free_bytes: u64,
    /// Bytes a second beyond them; 0: as fast as they come.
    pub stream_bytes_per_second: u64,
    /// Resources of one REST API.
    pub resources_per_api: usize,
    /// Authorizers of one REST API.
    pub authorizers_per_api: usize,
    /// Documentation parts of one REST API.
    pub documentation_parts_per_api: usize,
    /// Stages of one REST API.
    pub stages_per_api: usize,
    /// API keys of one account in one region.
    pub api_keys: usize,
    /// Usage plans of one account in one region.
    pub usage_plans: usize,
    /// Usage plans that one API key may be in.
    pub plans_per_key: usize,
    /// Methods with throttles of their own on one stage of a usage plan.
    pub method_throttles_per_stage: usize,
    /// Stage variables of one stage.
    pub stage_variables: usize,
    /// Largest resource policy in characters.
    pub policy_chars: usize,
    /// Largest imported document in bytes.
    pub import_bytes: usize,
    /// Largest mapping template in bytes.
    pub template_bytes: usize,
    /// Largest access-log format in bytes.
    pub access_log_format_bytes: usize,
    /// Largest schemas of all models of one REST API together, in bytes.
    pub model_bytes: usize,
    /// Requests of one account in one region, whatever their API.
    pub account_throttles: AccountThrottles,
    /// Largest reply that a stage's cache takes, in bytes.
    pub cache_entry_bytes: usize,
    /// Largest Lambda request or response payload in bytes.
    pub lambda_payload_bytes: usize,
    /// Largest payload of an event in bytes.
    pub lambda_event_bytes: usize,
    /// Function calls of one account in one region that may run at once.
    pub concurrency: u32,
    /// What reservations must leave of that for functions without one.
    pub unreserved_concurrency_minimum: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            payload_bytes: 10_485_760,
            header_bytes: 20_480,
            url_bytes: 10_240,
            buffered_bytes: 512 * 1024 * 1024,
            min_timeout_millis: 50,
            max_timeout_millis: 29_000,
            max_stream_timeout_millis: 900_000,
            // Of regional and private endpoints; edge-optimised ones have 30 s.
            stream_idle_millis: 300_000,
            stream_free_bytes: 10 * 1024 * 1024,
            stream_bytes_per_second: 2 * 1024 * 1024,
            resources_per_api: 300,
            authorizers_per_api: 10,
            documentation_parts_per_api: 2000,
            stages_per_api: 10,
            api_keys: 10_000,
            usage_plans: 300,
            plans_per_key: 10,
            method_throttles_per_stage: 20,
            stage_variables: 100,
            policy_chars: 8192,
            import_bytes: 6 * 1024 * 1024,
            template_bytes: 300 * 1024,
            access_log_format_bytes: 3 * 1024,
            model_bytes: 400 * 1024,
            account_throttles: AccountThrottles::default(),
            cache_entry_bytes: 1_048_576,
            lambda_payload_bytes: 6_291_556,
            lambda_event_bytes: 1_048_576,
            concurrency: 1_000,
            unreserved_concurrency_minimum: 100,
        }
    }
}
