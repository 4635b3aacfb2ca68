//! Which media types the templates of replies stand for.

const JSON: &str = "application/json";

/// The templates by the media type that their replies get. `$default` is no media type: as in requests it is for what no
/// other template is for, so it stands where `application/json` would, unless that is there.
pub(crate) fn by_media_type<'t, T: 't>(
    templates: impl Iterator<Item = (&'t String, &'t T)> + Clone,
) -> impl Iterator<Item = (&'t str, &'t T)> {
    let has_json = templates.clone().any(|(media, _)| media == JSON);
    templates.filter_map(move |(media, template)| match media.as_str() {
        "$default" => (!has_json).then_some((JSON, template)),
        media => Some((media, template)),
    })
}

#[cfg(test)]
mod tests {
    use super::by_media_type;

    #[test]
    fn default_stands_where_json_would() {
        for (given, expected) in [
            (&["text/html", "application/json"][..], &["text/html", "application/json"][..]),
            (&["$default"], &["application/json"]),
            (&["text/html", "$default"], &["text/html", "application/json"]),
            (&["$default", "application/json"], &["application/json"]),
        ] {
            let named: Vec<(String, ())> = given.iter().map(|media| ((*media).to_owned(), ())).collect();
            let seen: Vec<_> = by_media_type(named.iter().map(|(media, ())| (media, &())))
                .map(|(media, ())| media)
                .collect();
            assert_eq!(seen, expected, "{given:?}");
        }
    }
}
