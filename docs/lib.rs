//! The examples of the README and of the guide, compiled and run as tests.

#[doc = include_str!("../README.md")]
pub mod readme {}

#[doc = include_str!("guide/README.md")]
pub mod guide {
    #[doc = include_str!("guide/custom-fields.md")]
    pub mod custom_fields {}

    #[doc = include_str!("guide/errors.md")]
    pub mod errors {}

    #[doc = include_str!("guide/first-call.md")]
    pub mod first_call {}

    #[doc = include_str!("guide/from-official-sdks.md")]
    pub mod from_official_sdks {}

    #[doc = include_str!("guide/jobs.md")]
    pub mod jobs {}

    #[doc = include_str!("guide/lists.md")]
    pub mod lists {}

    #[doc = include_str!("guide/pacing.md")]
    pub mod pacing {}

    #[doc = include_str!("guide/testing.md")]
    pub mod testing {}

    #[doc = include_str!("guide/transport-of-your-own.md")]
    pub mod transport_of_your_own {}

    #[doc = include_str!("guide/transports.md")]
    pub mod transports {}

    #[doc = include_str!("guide/versions.md")]
    pub mod versions {}

    #[doc = include_str!("guide/webhooks.md")]
    pub mod webhooks {}
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR"))
    }

    /// The files of a folder whose name ends in `.md`.
    fn pages(folder: &str) -> Vec<PathBuf> {
        let files = fs::read_dir(root().join(folder)).unwrap();
        let files = files.map(|file| file.unwrap().path());
        files
            .filter(|path| path.extension().is_some_and(|it| it == "md"))
            .collect()
    }

    /// The targets of the links of a page, without those to other sites.
    fn links(text: &str) -> impl Iterator<Item = &str> {
        let links = text
            .split("](")
            .skip(1)
            .filter_map(|it| it.split(')').next());
        links.filter(|link| !link.contains("://") && !link.starts_with('#'))
    }

    #[test]
    fn every_page_of_the_guide_is_compiled_and_in_its_index() {
        let index = fs::read_to_string(root().join("docs/guide/README.md")).unwrap();
        let compiled = include_str!("lib.rs");
        for page in pages("docs/guide") {
            let name = page.file_name().unwrap().to_str().unwrap();
            assert!(
                compiled.contains(&format!("include_str!(\"guide/{name}\")")),
                "docs/lib.rs does not include {name}"
            );
            assert!(
                name == "README.md" || index.contains(&format!("]({name})")),
                "the index of the guide does not link to {name}"
            );
        }
    }

    #[test]
    fn every_link_of_the_guide_and_of_the_pages_at_the_top_leads_to_a_file() {
        let mut checked = 0;
        for page in [pages("."), pages("docs/guide")].concat() {
            let text = fs::read_to_string(&page).unwrap();
            for link in links(&text) {
                let target = link.split('#').next().unwrap_or_default();
                let path = page.parent().unwrap().join(target);
                assert!(path.exists(), "{} links to {link}", page.display());
                checked += 1;
            }
        }
        assert!(checked > 10, "only {checked} links were found");
    }
}
