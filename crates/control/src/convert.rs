//! Small conversions that many resources share.
//!
//! In: stored values. Out: wire values. It must not know any single resource.

use stagedoor_base::Timestamp;
use stagedoor_wire::Time;

/// Whole epoch seconds, the resolution in which the service reports dates.
pub(crate) fn instant(at: Timestamp) -> Time {
    Time(i64::try_from(at.epoch_seconds() * 1000).unwrap_or(i64::MAX))
}

/// The text, with `""` counted as absent: the service keeps no empty optional strings.
pub(crate) fn text(value: Option<String>) -> Option<String> {
    value.filter(|text| !text.is_empty())
}

/// The list unless it is empty.
pub(crate) fn filled_list<T: Clone>(list: &[T]) -> Option<Vec<T>> {
    (!list.is_empty()).then(|| list.to_vec())
}
