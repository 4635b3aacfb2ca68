//! Pagination of the `apigateway` lists: `position` and `limit`.
//!
//! In: a whole list in its final order. Out: one page and the token of the next. It must not know what is listed.

use std::ops::ControlFlow;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

use crate::ApiError;

/// Entries of a page when `limit` is not given.
const DEFAULT_LIMIT: usize = 25;
/// Entries of a page at most.
const MAX_LIMIT: usize = 500;

/// One page of a list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Where the next page starts; none on the last.
    pub(crate) position: Option<String>,
}

impl<T> Page<T> {
    /// The same page with every entry converted.
    pub(crate) fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(convert).collect(), position: self.position }
    }
}

/// Cuts the page that `position` and `limit` ask for out of `all`. `key` names an entry uniquely, so that a page goes on
/// behind the right entry even when earlier ones came or went meanwhile.
pub(crate) fn page<T>(
    all: Vec<T>,
    position: Option<&str>,
    limit: Option<i32>,
    key: impl Fn(&T) -> String,
) -> Result<Page<T>, ApiError> {
    let start = match position {
        None | Some("") => 0,
        Some(token) => start_of(&all, token, &key)?,
    };
    let limit = effective_limit(limit)?;
    let more = all.len() > start.saturating_add(limit);
    let items: Vec<T> = all.into_iter().skip(start).take(limit).collect();
    let position = items.last().filter(|_| more).map(|last| token(start + items.len(), &key(last)));
    Ok(Page { items, position })
}

// `-1` is accepted by the service and means no limit of the caller's own.
fn effective_limit(limit: Option<i32>) -> Result<usize, ApiError> {
    match limit.and_then(|limit| usize::try_from(limit).ok()) {
        None | Some(0) => Ok(DEFAULT_LIMIT),
        Some(limit @ ..=MAX_LIMIT) => Ok(limit),
        Some(_) => {
            Err(ApiError::bad_request(format!("Invalid limit specified, must be at most {MAX_LIMIT}")))
        }
    }
}

fn token(next: usize, last_key: &str) -> String {
    BASE64.encode(format!("{next}:{last_key}"))
}

fn start_of<T>(all: &[T], token: &str, key: impl Fn(&T) -> String) -> Result<usize, ApiError> {
    let text = BASE64.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.ok_or_else(invalid_position)?;
    let (next, last_key) = text.split_once(':').ok_or_else(invalid_position)?;
    let next: usize = next.parse().map_err(|_| invalid_position())?;
    Ok(all.iter().position(|entry| key(entry) == last_key).map_or(next, |index| index + 1))
}

/// Makes a page out of a list that is read entry by entry, which may be too long to hold.
#[derive(Debug)]
pub(crate) struct Turner<T> {
    after: Option<String>,
    limit: usize,
    items: Vec<T>,
    last: String,
    more: bool,
}

impl<T> Turner<T> {
    pub(crate) fn new(position: Option<&str>, limit: Option<i32>) -> Result<Self, ApiError> {
        let position = position.filter(|token| !token.is_empty());
        let decode = |token| BASE64.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let after = position.map(|token| decode(token).ok_or_else(invalid_position)).transpose()?;
        Ok(Self {
            after,
            limit: effective_limit(limit)?,
            items: Vec::new(),
            last: String::new(),
            more: false,
        })
    }

    /// The place of the entry behind which the page begins, as [`Self::take`] was told it.
    pub(crate) fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// Takes the next entry, whose place is `place`; breaks off when the page is full and one more was seen.
    pub(crate) fn take(&mut self, place: String, entry: impl FnOnce() -> T) -> ControlFlow<()> {
        if self.items.len() == self.limit {
            self.more = true;
            return ControlFlow::Break(());
        }
        self.items.push(entry());
        self.last = place;
        ControlFlow::Continue(())
    }

    pub(crate) fn page(self) -> Page<T> {
        Page { position: self.more.then(|| BASE64.encode(&self.last)), items: self.items }
    }
}

/// The refusal of a token that names no place.
pub(crate) fn invalid_position() -> ApiError {
    ApiError::bad_request("Invalid position parameter specified")
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::ApiError;

    fn walk(total: usize, limit: Option<i32>) -> Vec<usize> {
        let mut sizes = Vec::new();
        let mut position: Option<String> = None;
        loop {
            let all: Vec<usize> = (0..total).collect();
            let page = page(all, position.as_deref(), limit, usize::to_string).unwrap();
            sizes.push(page.items.len());
            position = page.position;
            if position.is_none() {
                return sizes;
            }
        }
    }

    #[test]
    fn pages_cover_the_list() {
        assert_eq!(walk(0, None), [0]);
        assert_eq!(walk(25, None), [25]);
        assert_eq!(walk(60, None), [25, 25, 10]);
        assert_eq!(walk(5, Some(2)), [2, 2, 1]);
        assert_eq!(walk(4, Some(2)), [2, 2]);
        assert_eq!(walk(600, Some(500)), [500, 100]);
        assert_eq!(walk(30, Some(-1)), [25, 5]);
    }

    #[test]
    fn a_page_goes_on_behind_its_entry_when_earlier_ones_went() {
        let first = page(vec![1, 2, 3, 4], None, Some(2), i32::to_string).unwrap();
        let second = page(vec![2, 3, 4], first.position.as_deref(), Some(2), i32::to_string).unwrap();
        assert_eq!(second.items, [3, 4]);
        let after_loss = page(vec![1, 3, 4], first.position.as_deref(), Some(2), i32::to_string).unwrap();
        assert_eq!(after_loss.items, [4]);
    }

    #[test]
    fn a_limit_beyond_the_largest_is_refused() {
        let expected = ApiError::bad_request("Invalid limit specified, must be at most 500");
        assert_eq!(page(vec![1], None, Some(501), i32::to_string), Err(expected));
    }

    #[test]
    fn a_foreign_token_is_refused() {
        for token in ["!", "AAAA", "bm90b2tlbg"] {
            assert!(page(vec![1], Some(token), None, i32::to_string).is_err(), "{token}");
        }
    }
}
