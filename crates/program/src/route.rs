//! Which method a path and verb mean.
//!
//! In: the resources of a deployment, then raw paths. Out: [`RouteMatch`]. Literal segments beat `{param}`, `{param}`
//! beats `{param+}`, segment by segment from the left; where the better branch has no method for the verb, the next
//! one is tried, as AWS does with greedy siblings. Nothing is percent-decoded.

use http::Method;
use stagedoor_model::HttpMethod;

/// A method found, with the raw values of the path parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteMatch {
    pub resource: u32,
    pub method: u32,
    /// In the order of the resource's parameter names.
    pub spans: Vec<Span>,
}

/// A part of the routed path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The text it marks.
    #[must_use]
    pub fn of(self, path: &str) -> &str {
        path.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// The routes of one deployment: a tree by segments.
#[derive(Debug, Default)]
pub struct Routes {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    /// Sorted by segment.
    literals: Vec<(Box<str>, u32)>,
    /// The one variable child.
    variable: Option<Variable>,
    resource: u32,
    /// By verb slot; the last is ANY.
    methods: [Option<u32>; SLOTS],
}

#[derive(Debug, Clone, Copy)]
struct Variable {
    node: u32,
    greedy: bool,
}

const ANY: usize = 7;
const SLOTS: usize = 8;

fn slot(method: &Method) -> Option<usize> {
    match *method {
        Method::GET => Some(0),
        Method::PUT => Some(1),
        Method::POST => Some(2),
        Method::DELETE => Some(3),
        Method::PATCH => Some(4),
        Method::OPTIONS => Some(5),
        Method::HEAD => Some(6),
        _ => None,
    }
}

fn defined_slot(method: HttpMethod) -> usize {
    match method {
        HttpMethod::Get => 0,
        HttpMethod::Put => 1,
        HttpMethod::Post => 2,
        HttpMethod::Delete => 3,
        HttpMethod::Patch => 4,
        HttpMethod::Options => 5,
        HttpMethod::Head => 6,
        HttpMethod::Any => ANY,
    }
}

impl Routes {
    /// Adds a resource by its full path with braces and its methods' indexes.
    pub(crate) fn add(&mut self, path: &str, resource: u32, methods: &[(HttpMethod, u32)]) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut at = 0;
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            at = self.child(at, segment);
        }
        let node = &mut self.nodes[at as usize];
        node.resource = resource;
        for (verb, method) in methods {
            node.methods[defined_slot(*verb)] = Some(*method);
        }
    }

    fn child(&mut self, at: u32, segment: &str) -> u32 {
        let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let node = &mut self.nodes[at as usize];
        let found = if segment.starts_with('{') {
            let greedy = segment.ends_with("+}");
            node.variable.get_or_insert(Variable { node: next, greedy }).node
        } else {
            match node.literals.binary_search_by(|(known, _)| known.as_ref().cmp(segment)) {
                Ok(index) => node.literals[index].1,
                Err(index) => {
                    node.literals.insert(index, (segment.into(), next));
                    next
                }
            }
        };
        if found == next {
            self.nodes.push(Node::default());
        }
        found
    }

    /// The method for a verb at a resource that is named by its own path, with braces.
    pub(crate) fn named(&self, verb: &Method, resource: &str) -> Option<u32> {
        let slot = slot(verb)?;
        let mut node = self.nodes.first()?;
        for segment in resource.split('/').filter(|segment| !segment.is_empty()) {
            let next = if segment.starts_with('{') {
                node.variable?.node
            } else {
                let found = node.literals.binary_search_by(|(known, _)| known.as_ref().cmp(segment));
                node.literals.get(found.ok()?)?.1
            };
            node = self.nodes.get(next as usize)?;
        }
        node.methods[slot].or(node.methods[ANY])
    }

    /// The method for a verb on a raw path that begins with `/`.
    #[must_use]
    pub fn find(&self, verb: &Method, path: &str) -> Option<RouteMatch> {
        let slot = slot(verb)?;
        let mut search = Search { nodes: &self.nodes, path, slot, spans: Vec::new() };
        // A trailing slash does not count.
        let end = path.len() - path.bytes().rev().take_while(|byte| *byte == b'/').count();
        let (node, method) = search.visit(0, 1, end)?;
        Some(RouteMatch { resource: self.nodes[node as usize].resource, method, spans: search.spans })
    }
}

/// One look-up. Visits each node of the tree at most once.
struct Search<'a> {
    nodes: &'a [Node],
    path: &'a str,
    slot: usize,
    spans: Vec<Span>,
}

impl Search<'_> {
    /// The best match below a node for the path from `start` to `end`.
    fn visit(&mut self, at: u32, start: usize, end: usize) -> Option<(u32, u32)> {
        let node = self.nodes.get(at as usize)?;
        if start >= end {
            return node.methods[self.slot].or(node.methods[ANY]).map(|method| (at, method));
        }
        let bytes = &self.path.as_bytes()[start..end];
        let length = bytes.iter().position(|byte| *byte == b'/').unwrap_or(bytes.len());
        let segment = &self.path[start..start + length];
        let literal = node.literals.binary_search_by(|(known, _)| known.as_ref().cmp(segment)).ok();
        if let Some(found) =
            literal.and_then(|index| self.visit(node.literals[index].1, start + length + 1, end))
        {
            return Some(found);
        }
        self.visit_variable(node.variable?, start, start + length, end)
    }

    fn visit_variable(
        &mut self,
        variable: Variable,
        start: usize,
        stop: usize,
        end: usize,
    ) -> Option<(u32, u32)> {
        // A greedy parameter takes all that is left, doubled slashes included.
        let (stop, next) = if variable.greedy { (end, end) } else { (stop, stop + 1) };
        if start == stop {
            return None;
        }
        let depth = self.spans.len();
        let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.spans.push(Span { start: position(start), end: position(stop) });
        let found = self.visit(variable.node, next, end);
        if found.is_none() {
            self.spans.truncate(depth);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use http::Method;
    use stagedoor_model::HttpMethod;

    use super::Routes;

    fn routes(table: &[(&str, &[HttpMethod])]) -> Routes {
        let mut routes = Routes::default();
        routes.add("/", u32::MAX, &[]);
        for (index, (path, verbs)) in table.iter().enumerate() {
            let index = u32::try_from(index).unwrap();
            let methods: Vec<_> = verbs.iter().map(|verb| (*verb, index)).collect();
            routes.add(path, index, &methods);
        }
        routes
    }

    fn check(table: &[(&str, &[HttpMethod])], verb: &Method, path: &str, expected: Option<(&str, &[&str])>) {
        let found = routes(table).find(verb, path);
        let found = found.map(|found| {
            let values: Vec<&str> = found.spans.iter().map(|span| span.of(path)).collect();
            (table[found.resource as usize].0, values)
        });
        let expected = expected.map(|(path, values)| (path, values.to_vec()));
        assert_eq!(found, expected, "{verb} {path}");
    }

    const GET: &[HttpMethod] = &[HttpMethod::Get];
    const POST: &[HttpMethod] = &[HttpMethod::Post];
    const ANY: &[HttpMethod] = &[HttpMethod::Any];

    #[test]
    fn paths_are_split_raw() {
        let table: &[(&str, &[HttpMethod])] = &[("/a", GET), ("/{proxy+}", ANY)];
        for (path, expected) in [
            ("/a", Some(("/a", &[][..]))),
            ("/a/", Some(("/a", &[]))),
            ("/%61", Some(("/{proxy+}", &["%61"]))),
            ("/v/", Some(("/{proxy+}", &["v"]))),
            ("/v//double-slash", Some(("/{proxy+}", &["v//double-slash"]))),
            ("/v/test%2Balias@gmail.com/plus/test+alias@gmail.com", {
                Some(("/{proxy+}", &["v/test%2Balias@gmail.com/plus/test+alias@gmail.com"]))
            }),
            ("/", None),
        ] {
            check(table, &Method::GET, path, expected);
        }
    }

    #[test]
    fn literals_beat_parameters_beat_greedy_ones() {
        let table: &[(&str, &[HttpMethod])] = &[
            ("/{proxy+}", GET),
            ("/users/{id}", GET),
            ("/users/me", GET),
            ("/users/{id}/posts", GET),
            ("/files/{path+}", GET),
        ];
        for (path, expected) in [
            ("/users/me", Some(("/users/me", &[][..]))),
            ("/users/7", Some(("/users/{id}", &["7"]))),
            ("/users/7/posts", Some(("/users/{id}/posts", &["7"]))),
            ("/users/me/posts", Some(("/users/{id}/posts", &["me"]))),
            ("/users/7/likes", Some(("/{proxy+}", &["users/7/likes"]))),
            ("/users", Some(("/{proxy+}", &["users"]))),
            ("/files/a/b/c", Some(("/files/{path+}", &["a/b/c"]))),
            ("/files//", Some(("/{proxy+}", &["files"]))),
            ("/users//posts", Some(("/{proxy+}", &["users//posts"]))),
        ] {
            check(table, &Method::GET, path, expected);
        }
    }

    #[test]
    fn verbs_choose_the_method() {
        let table: &[(&str, &[HttpMethod])] =
            &[("/test", POST), ("/{proxy+}", &[HttpMethod::Options]), ("/any", &[HttpMethod::Any])];
        check(table, &Method::OPTIONS, "/test", Some(("/{proxy+}", &["test"])));
        check(table, &Method::POST, "/test", Some(("/test", &[])));
        check(table, &Method::GET, "/test", None);
        check(table, &Method::HEAD, "/any", Some(("/any", &[])));
        check(table, &Method::TRACE, "/any", None);
        check(&[("/g", GET)], &Method::HEAD, "/g", None);
    }

    #[test]
    fn an_exact_verb_beats_any() {
        let mut routes = Routes::default();
        routes.add("/x", 0, &[(HttpMethod::Any, 1), (HttpMethod::Get, 2)]);
        assert_eq!(routes.find(&Method::GET, "/x").map(|found| found.method), Some(2));
        assert_eq!(routes.find(&Method::PUT, "/x").map(|found| found.method), Some(1));
    }

    #[test]
    fn resources_are_named_by_their_own_path() {
        let table: &[(&str, &[HttpMethod])] =
            &[("/", GET), ("/{proxy+}", ANY), ("/users/{id}", GET), ("/users/me", GET)];
        for (path, verb, expected) in [
            ("/", Method::GET, Some(0)),
            ("/{proxy+}", Method::PUT, Some(1)),
            ("/users/{id}", Method::GET, Some(2)),
            ("/users/me", Method::GET, Some(3)),
            ("/users/me", Method::PUT, None),
            ("/users/7", Method::GET, None),
            ("/{proxy+}", Method::TRACE, None),
        ] {
            assert_eq!(routes(table).named(&verb, path), expected, "{verb} {path}");
        }
    }
}
