//! The methods that values have, as Java's classes define them; one file per type.
//!
//! In: a value that is no object of the host, a name, arguments. Out: the result. It must not know templates.

use crate::error::CallError;
use crate::limits::Meter;
use crate::value::Value;

/// Calls a method. `None`: there is none of this name and these arguments, the reference has no value.
///
/// # Errors
/// What Java would throw, or a limit.
pub(crate) fn call(
    receiver: &Value,
    name: &str,
    arguments: &[Value],
    meter: &mut Meter,
) -> Result<Option<Value>, CallError> {
    let _ = (receiver, name, arguments, meter);
    Ok(None)
}

/// A property that is not an entry of a map: a getter such as `isEmpty` by the name `empty`.
///
/// # Errors
/// What Java would throw, or a limit.
pub(crate) fn property(receiver: &Value, name: &str, meter: &mut Meter) -> Result<Option<Value>, CallError> {
    let _ = (receiver, name, meter);
    Ok(None)
}
