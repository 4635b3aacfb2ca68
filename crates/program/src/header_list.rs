//! Headers of requests and replies, on both sides of the gateway.
//!
//! In: what a codec read, or a step made. Out: the same in order. It must not know what any header means.

use http::{HeaderMap, HeaderName, HeaderValue};

/// Headers in their order, one entry for each line. They are written and read from front to back, and bounded in number, so
/// a list beats a table: few look-ups by name cost less than hashing every name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeaderList(Vec<(HeaderName, HeaderValue)>);

impl HeaderList {
    /// An empty list with room.
    #[must_use]
    pub fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    /// Adds at the end, beside others of the name.
    pub fn push(&mut self, name: HeaderName, value: HeaderValue) {
        self.0.push((name, value));
    }

    /// Adds a header, in place of all others of the name.
    pub fn set(&mut self, name: HeaderName, value: HeaderValue) {
        match self.0.iter().position(|(known, _)| *known == name) {
            None => self.push(name, value),
            Some(first) => {
                self.0[first].1 = value;
                let mut place = 0;
                self.0.retain(|(known, _)| {
                    place += 1;
                    place <= first + 1 || *known != name
                });
            }
        }
    }

    /// Adds a header unless there is one of the name.
    pub fn push_missing(&mut self, name: HeaderName, value: &HeaderValue) {
        if !self.contains(&name) {
            self.push(name, value.clone());
        }
    }

    /// Takes all headers of a name out.
    pub fn remove(&mut self, name: impl PartialEq<HeaderName>) {
        self.0.retain(move |(known, _)| name != *known);
    }

    /// Keeps, under the name that it leaves there, each header for which `keep` says so.
    pub fn retain_named(&mut self, mut keep: impl FnMut(&mut HeaderName) -> bool) {
        self.0.retain_mut(|(name, _)| keep(name));
    }

    /// The first value of a name; texts match in any case.
    #[must_use]
    pub fn get(&self, name: impl PartialEq<HeaderName>) -> Option<&HeaderValue> {
        self.get_all(name).next()
    }

    /// All values of a name.
    pub fn get_all<N: PartialEq<HeaderName>>(
        &self,
        name: N,
    ) -> impl DoubleEndedIterator<Item = &HeaderValue> + use<'_, N> {
        self.0.iter().filter(move |(known, _)| name == *known).map(|(_, value)| value)
    }

    /// The elements of the comma-separated lists that a name's values are; what is no text has none.
    pub fn elements(&self, name: HeaderName) -> impl Iterator<Item = &str> + use<'_> {
        let lists = self.get_all(name).filter_map(|value| value.to_str().ok());
        lists.flat_map(|list| list.split(',')).map(str::trim).filter(|element| !element.is_empty())
    }

    /// Whether a name is there.
    #[must_use]
    pub fn contains(&self, name: impl PartialEq<HeaderName>) -> bool {
        self.get(name).is_some()
    }

    /// How many headers there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// A copy as plain pairs.
    #[must_use]
    pub fn to_pairs(&self) -> Vec<(HeaderName, HeaderValue)> {
        self.0.clone()
    }

    /// All headers.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&HeaderName, &HeaderValue)> {
        self.0.iter().map(|(name, value)| (name, value))
    }
}

impl IntoIterator for HeaderList {
    type Item = (HeaderName, HeaderValue);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl From<HeaderMap> for HeaderList {
    fn from(table: HeaderMap) -> Self {
        let mut headers = Self::with_capacity(table.len());
        let mut last = None;
        // Further values of one name come without it.
        for (name, value) in table {
            last = name.or(last);
            headers.0.extend(last.clone().map(|name| (name, value)));
        }
        headers
    }
}

impl From<HeaderList> for HeaderMap {
    /// For codecs that want a table. What does not fit into one is left out.
    fn from(headers: HeaderList) -> Self {
        let mut table = Self::with_capacity(headers.len());
        for (name, value) in headers {
            // Refused beyond 32,768 headers only.
            let _ = table.try_append(name, value);
        }
        table
    }
}

impl FromIterator<(HeaderName, HeaderValue)> for HeaderList {
    fn from_iter<I: IntoIterator<Item = (HeaderName, HeaderValue)>>(headers: I) -> Self {
        Self(headers.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::HeaderList;

    fn list(text: &'static str) -> HeaderList {
        let pairs = text.split(' ').filter_map(|pair| pair.split_once('='));
        pairs.map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn setting_replaces_all_of_the_name() {
        for (before, after) in
            [("b=1", "b=1 a=new"), ("a=1 b=1", "a=new b=1"), ("b=1 a=1 c=1 a=2 d=1 a=3", "b=1 a=new c=1 d=1")]
        {
            let mut headers = list(before);
            headers.set(HeaderName::from_static("a"), HeaderValue::from_static("new"));
            assert_eq!(headers, list(after), "{before}");
        }
    }

    #[test]
    fn values_come_in_their_order() {
        let headers = list("a=1 b=2 a=3");
        let name = HeaderName::from_static("a");
        assert_eq!(headers.get_all(&name).collect::<Vec<_>>(), ["1", "3"]);
        assert_eq!(headers.get("A"), Some(&HeaderValue::from_static("1")));
        assert!(!headers.contains(HeaderName::from_static("c")));
    }

    #[test]
    fn tables_and_lists_hold_the_same() {
        let table = HeaderMap::from(list("a=1 b=2 a=3"));
        assert_eq!(table.get_all("a").iter().collect::<Vec<_>>(), ["1", "3"]);
        assert_eq!(HeaderList::from(table), list("a=1 a=3 b=2"));
    }

    #[test]
    fn headers_leave_under_other_names() {
        let mut headers = list("a=1 b=2 c=3");
        headers.retain_named(|name| {
            if name.as_str() == "b" {
                *name = HeaderName::from_static("d");
            }
            name.as_str() != "c"
        });
        assert_eq!(headers, list("a=1 d=2"));
    }
}
