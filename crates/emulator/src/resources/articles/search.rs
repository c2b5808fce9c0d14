//! Searching articles.

use intercom_core::api::articles::{
    ArticleHighlights, ArticleMatches, ArticleSearchResults, ArticleSearchState, ArticleState,
    HighlightKind, HighlightedText, Search,
};
use intercom_core::model::{HelpCenterId, ObjectType};

use super::PER_PAGE;
use crate::object::object;
use crate::query::{MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::conversations::plain_text;
use crate::resources::{Context, Handle};
use crate::store::{ArticleRecord, Workspace};

/// How many characters a highlighted summary has around a match.
const AROUND: usize = 60;

impl Workspace {
    /// Whether an article lies on a Help Center. One without a collection lies on none.
    fn lies_on(&self, record: &ArticleRecord, help_center: &HelpCenterId) -> bool {
        let mut parents = record.article.parent_ids.iter();
        parents.any(|parent| {
            let mut place = self.collections.get(parent.as_str());
            while let Some(parent) = place.and_then(|it| it.parent_id.as_ref()) {
                place = self.collections.get(parent);
            }
            place.and_then(|it| it.help_center_id.as_ref()) == Some(help_center)
        })
    }
}

/// Splits a text into what matches and what does not.
fn highlight(text: &str, phrase: &str) -> Vec<HighlightedText> {
    let lower = text.to_lowercase();
    let piece = |kind, text: &str| {
        object!(HighlightedText {
            r#type: Some(kind),
            text: Some(text.to_owned()),
        })
    };
    let found = (!phrase.is_empty()).then(|| lower.find(phrase)).flatten();
    // If lower case has another length, the places do not carry over.
    let places = found
        .filter(|_| lower.len() == text.len())
        .and_then(|start| {
            let end = start + phrase.len();
            Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?))
        });
    let Some((before, matched, after)) = places else {
        return vec![piece(HighlightKind::Plain, text)];
    };
    let mut pieces = vec![piece(HighlightKind::Highlight, matched)];
    if !before.is_empty() {
        let mut start = before.len().saturating_sub(AROUND);
        while !before.is_char_boundary(start) {
            start += 1;
        }
        let before = before.get(start..).unwrap_or_default();
        pieces.insert(0, piece(HighlightKind::Plain, before));
    }
    if !after.is_empty() {
        let mut end = after.len().min(AROUND);
        while !after.is_char_boundary(end) {
            end -= 1;
        }
        let after = after.get(..end).unwrap_or_default();
        pieces.push(piece(HighlightKind::Plain, after));
    }
    pieces
}

impl Handle<Search> for Workspace {
    fn handle(
        &mut self,
        search: Search,
        context: &Context,
    ) -> Result<ArticleSearchResults, Refusal> {
        let phrase = search.phrase.unwrap_or_default().to_lowercase();
        let wanted = match search.state {
            None | Some(ArticleSearchState::All) => None,
            Some(ArticleSearchState::Published) => Some(ArticleState::Published),
            Some(ArticleSearchState::Draft) => Some(ArticleState::Draft),
            Some(other) => {
                let message = format!("{other} is not a valid state");
                return Err(Refusal::invalid("state", message));
            }
        };
        let help_center = search.help_center_id.as_ref();
        let mut found: Vec<_> = self
            .articles
            .values()
            .rev()
            .filter(|record| {
                let article = &record.article;
                let texts = [&article.title, &article.description, &article.body];
                let has = |text: &&Option<String>| {
                    let text = text.as_deref().unwrap_or_default();
                    text.to_lowercase().contains(&phrase)
                };
                (wanted.is_none() || article.state == wanted)
                    && texts.iter().any(has)
                    && help_center.is_none_or(|id| self.lies_on(record, id))
            })
            .collect();
        found.sort_by_key(|record| std::cmp::Reverse(record.article.updated_at));
        let total = found.len();
        let place = Numbered {
            page: search.page,
            per_page: None,
            default: PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let path = "/articles/search";
        let page = numbered(found, total, place, &context.url(path), |record| {
            let text = plain_text(record.article.body.as_deref().unwrap_or_default());
            let title = record.article.title.as_deref().unwrap_or_default();
            let highlights = object!(ArticleHighlights {
                article_id: Some(record.article.id.clone()),
                highlighted_title: highlight(title, &phrase),
                highlighted_summary: vec![highlight(&text, &phrase)],
            });
            (self.show_article(record, &context.version), highlights)
        })?;
        let (articles, highlights) = page.data.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
        let wants_highlights = search.highlight == Some(true);
        Ok(object!(ArticleSearchResults {
            r#type: Some(ObjectType::List),
            total_count: Some(total as u64),
            data: object!(ArticleMatches {
                articles: articles,
                highlights: if wants_highlights {
                    highlights
                } else {
                    Vec::new()
                },
            }),
            pages: page.pages,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::highlight;

    #[test]
    fn the_match_is_told_apart_from_what_surrounds_it() {
        let texts = |text, phrase| -> Vec<String> {
            let pieces = highlight(text, phrase);
            pieces.into_iter().filter_map(|piece| piece.text).collect()
        };
        assert_eq!(texts("How to Pay", "to"), ["How ", "to", " Pay"]);
        assert_eq!(texts("Pay", "pay"), ["Pay"]);
        assert_eq!(texts("İpay", "pay"), ["İpay"]);
        assert_eq!(texts("nothing", "x"), ["nothing"]);
        let long = "é".repeat(100);
        let [before, _, after] = &texts(&format!("{long}x{long}"), "x")[..] else {
            unreachable!("a match in the middle has text on both sides")
        };
        assert_eq!((before.chars().count(), after.chars().count()), (30, 30));
    }
}
