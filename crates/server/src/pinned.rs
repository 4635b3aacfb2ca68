//! Large futures, made in the place where they stay.
//!
//! In: how to make one. Out: it, on the heap. A future is as large as its largest state, also when it has only just been made:
//! with [`Box::pin`] all of that is copied from the stack, for every call.

use std::pin::Pin;

/// What `make` makes, on the heap.
pub(crate) fn pinned<F>(make: impl FnOnce() -> F) -> Pin<Box<F>> {
    let place = Box::new_uninit();
    Box::into_pin(Box::write(place, make()))
}
