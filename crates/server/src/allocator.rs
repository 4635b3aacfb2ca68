//! mimalloc for the whole program.
//!
//! The crate of that name hands every request over as an aligned one, which for blocks above one kilobyte costs several
//! times the plain call although all blocks are aligned well enough.
#![expect(unsafe_code, reason = "an allocator is unsafe by its trait")]

use std::alloc::{GlobalAlloc, Layout};

use libmimalloc_sys as mi;

/// What mimalloc aligns every block to that is no smaller (`MI_MAX_ALIGN_SIZE`).
const NATURAL: usize = 16;

pub(crate) struct Allocator;

fn is_natural(layout: Layout) -> bool {
    layout.align() <= NATURAL && layout.align() <= layout.size()
}

// SAFETY: mimalloc keeps the contract of malloc; its plain functions are used only where their alignment suffices, and
// its blocks may be freed without saying how they were asked for.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let block = if is_natural(layout) {
            unsafe { mi::mi_malloc(layout.size()) }
        } else {
            unsafe { mi::mi_malloc_aligned(layout.size(), layout.align()) }
        };
        block.cast()
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let block = if is_natural(layout) {
            unsafe { mi::mi_zalloc(layout.size()) }
        } else {
            unsafe { mi::mi_zalloc_aligned(layout.size(), layout.align()) }
        };
        block.cast()
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller keeps the trait's rules for the new size.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        let block = if is_natural(wanted) {
            unsafe { mi::mi_realloc(block.cast(), size) }
        } else {
            unsafe { mi::mi_realloc_aligned(block.cast(), size, layout.align()) }
        };
        block.cast()
    }

    unsafe fn dealloc(&self, block: *mut u8, _layout: Layout) {
        unsafe { mi::mi_free(block.cast()) }
    }
}

#[cfg(test)]
mod tests {
    use std::alloc::{GlobalAlloc, Layout};

    use super::Allocator;

    #[test]
    fn blocks_are_aligned_as_asked() {
        for size in [1, 8, 16, 24, 40, 1000, 1032, 1248, 5000, 70_000] {
            for align in [1, 2, 4, 8, 16, 32, 64, 4096] {
                let layout = Layout::from_size_align(size, align).unwrap();
                let blocks: Vec<_> = (0..50).map(|_| unsafe { Allocator.alloc(layout) }).collect();
                for block in blocks {
                    assert_eq!(block as usize % align, 0, "{layout:?}");
                    let grown = unsafe { Allocator.realloc(block, layout, size + 1000) };
                    assert_eq!(grown as usize % align, 0, "{layout:?}, grown");
                    unsafe { Allocator.dealloc(grown, layout) };
                }
            }
        }
    }
}
