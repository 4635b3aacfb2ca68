//! Hot state that a cluster of nodes shares: buckets, quotas, the response cache. In process for now.
//!
//! In: keys, limits, entries, and the moment of asking. Out: answers, at once wherever the hot path asks. It must not know
//! APIs, HTTP or the store's documents, nor read a clock.

pub mod cache;
