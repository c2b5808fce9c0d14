//! Searching content of every kind. Since 2.16.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::content::{
    AiState, ArticleContentMatch, ArticleItemMatch, ContentItemMatch, ContentMatch,
    ContentSearchType, ContentState, ContentType, Search, TagOperator,
};
use intercom_core::model::{
    AdminId, FolderId, List, Locale, NextPage, ObjectId, ObjectType, TagId, Timestamp,
};

use crate::object::object;
use crate::query::{Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{ArticleRecord, TagApplied, Workspace};
use intercom_core::api::articles::ArticleState;

/// The page size, and the largest page.
const PER_PAGE: u32 = 10;
const MAX_PER_PAGE: u32 = 50;

/// How many characters a query has at most.
const QUERY: usize = 500;

/// A piece of content, with what searches ask about it.
struct Piece<'a> {
    kind: ContentSearchType,
    id: ObjectId,
    title: &'a str,
    /// What is searched for the text: titles and bodies in every language.
    texts: Vec<&'a str>,
    /// Empty for content without a language.
    locales: Vec<Locale>,
    is_published: bool,
    tags: &'a [TagApplied],
    folder: Option<&'a FolderId>,
    /// Whether Copilot, Fin and the sales agent may answer with it.
    availability: [bool; 3],
    created_by: Option<&'a AdminId>,
    updated_by: Option<&'a AdminId>,
    created_at: Timestamp,
    updated_at: Timestamp,
    article: Option<&'a ArticleRecord>,
}

/// Returns the languages of an article, the default one first, with titles and ids.
pub(super) fn languages(record: &ArticleRecord) -> Vec<ArticleContentMatch> {
    let article = &record.article;
    let default = article.default_locale.clone().unwrap_or(Locale::English);
    let content = |locale: &Locale, title: Option<&String>| {
        object!(ArticleContentMatch {
            r#type: Some(ContentType::ArticleContent),
            id: record.content_id(locale),
            title: title.cloned(),
            locale: Some(locale.clone()),
        })
    };
    let others = article.translated_content.iter();
    let others = others
        .flat_map(|translations| &translations.by_locale)
        .filter(|(locale, _)| **locale != default)
        .map(|(locale, translation)| content(locale, translation.title.as_ref()));
    [content(&default, article.title.as_ref())]
        .into_iter()
        .chain(others)
        .collect()
}

fn article(record: &ArticleRecord) -> Piece<'_> {
    let article = &record.article;
    let translations = article.translated_content.iter();
    let translations = translations.flat_map(|translations| translations.by_locale.values());
    let translated = translations.flat_map(|it| [it.title.as_deref(), it.body.as_deref()]);
    let own = [article.title.as_deref(), article.body.as_deref()];
    let is_on = |flag: Option<bool>| flag.unwrap_or(false);
    Piece {
        kind: ContentSearchType::Article,
        id: ObjectId::new(article.id.as_str()),
        title: article.title.as_deref().unwrap_or_default(),
        texts: own.into_iter().chain(translated).flatten().collect(),
        locales: languages(record)
            .into_iter()
            .filter_map(|content| content.locale)
            .collect(),
        is_published: article.state == Some(ArticleState::Published),
        tags: &record.tags,
        folder: article.folder_id.as_ref(),
        availability: [
            is_on(article.ai_copilot_availability),
            is_on(article.ai_chatbot_availability),
            is_on(article.ai_sales_agent_availability),
        ],
        created_by: article.created_by_id.as_ref(),
        updated_by: article
            .updated_by_id
            .as_ref()
            .or(article.created_by_id.as_ref()),
        created_at: article.created_at.unwrap_or_default(),
        updated_at: article.updated_at.unwrap_or_default(),
        article: Some(record),
    }
}

impl Workspace {
    /// Returns all content.
    fn pieces(&self) -> Vec<Piece<'_>> {
        let is_on = |flag: Option<bool>| flag.unwrap_or(false);
        let articles = self.articles.values().map(article);
        let internal = self.internal_articles.values().map(|article| Piece {
            kind: ContentSearchType::InternalArticle,
            id: ObjectId::new(article.id.as_str()),
            title: article.title.as_deref().unwrap_or_default(),
            texts: [article.title.as_deref(), article.body.as_deref()]
                .into_iter()
                .flatten()
                .collect(),
            locales: article.locale.iter().cloned().collect(),
            is_published: true,
            tags: self
                .internal_article_tags
                .get(&article.id)
                .map_or(&[], Vec::as_slice),
            folder: article.folder_id.as_ref(),
            availability: [
                is_on(article.ai_copilot_availability),
                is_on(article.ai_chatbot_availability),
                is_on(article.ai_sales_agent_availability),
            ],
            created_by: article.author_id.as_ref(),
            updated_by: article.author_id.as_ref(),
            created_at: article.created_at.unwrap_or_default(),
            updated_at: article.updated_at.unwrap_or_default(),
            article: None,
        });
        let snippets = self.snippets.values().map(|record| {
            let snippet = &record.snippet;
            Piece {
                kind: ContentSearchType::Snippet,
                id: ObjectId::new(snippet.id.as_str()),
                title: snippet.title.as_deref().unwrap_or_default(),
                texts: [snippet.title.as_deref(), snippet.body_markdown.as_deref()]
                    .into_iter()
                    .flatten()
                    .collect(),
                locales: snippet.locale.iter().cloned().collect(),
                is_published: true,
                tags: &record.tags,
                folder: None,
                availability: [
                    is_on(snippet.ai_copilot_availability),
                    is_on(snippet.ai_chatbot_availability),
                    is_on(snippet.ai_sales_agent_availability),
                ],
                created_by: None,
                updated_by: None,
                created_at: snippet.created_at.unwrap_or_default(),
                updated_at: snippet.updated_at.unwrap_or_default(),
                article: None,
            }
        });
        let external = self.external_pages.values().map(|page| Piece {
            kind: ContentSearchType::ExternalContent,
            id: ObjectId::new(page.id.as_str()),
            title: page.title.as_deref().unwrap_or_default(),
            texts: [page.title.as_deref(), page.html.as_deref()]
                .into_iter()
                .flatten()
                .collect(),
            locales: page.locale.iter().cloned().collect(),
            is_published: true,
            tags: &[],
            folder: None,
            availability: [
                is_on(page.ai_copilot_availability),
                is_on(page.ai_agent_availability),
                is_on(page.ai_sales_agent_availability),
            ],
            created_by: None,
            updated_by: None,
            created_at: page.created_at.unwrap_or_default(),
            updated_at: page.updated_at.unwrap_or_default(),
            article: None,
        });
        articles
            .chain(internal)
            .chain(snippets)
            .chain(external)
            .collect()
    }
}

fn invalid(field: &str, message: impl Into<String>) -> Refusal {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Refusal::new(status, ErrorCode::ParameterInvalid, message).field(field)
}

/// Refuses what the service does not search for.
fn check(search: &Search) -> Result<(), Refusal> {
    let query = search.query.as_deref().unwrap_or_default();
    if query.chars().count() > QUERY {
        let message = format!("query must not exceed {QUERY} characters");
        return Err(invalid("query", message));
    }
    if search.folder_ids.is_some() && search.folder_entity_type.is_none() {
        let message = "folder_ids need a folder_entity_type";
        return Err(invalid("folder_entity_type", message));
    }
    macro_rules! known {
        ($($field:ident of $Type:ident),*) => {$(
            for value in search.$field.iter().flatten() {
                if !$Type::KNOWN.contains(value) {
                    let field = stringify!($field);
                    return Err(invalid(field, format!("{value} is not a valid value of {field}")));
                }
            }
        )*};
    }
    known!(states of ContentState, content_types of ContentSearchType);
    for (field, state) in [
        ("copilot_state", &search.copilot_state),
        ("fin_service_state", &search.fin_service_state),
        ("fin_sales_state", &search.fin_sales_state),
    ] {
        if state
            .as_ref()
            .is_some_and(|it| !AiState::KNOWN.contains(it))
        {
            return Err(invalid(field, format!("{field} must be on or off")));
        }
    }
    if let Some(operator) = &search.tag_operator
        && !TagOperator::KNOWN.contains(operator)
    {
        return Err(invalid("tag_operator", "tag_operator must be IN or NIN"));
    }
    Ok(())
}

impl Piece<'_> {
    fn is_found(&self, search: &Search, words: &[String]) -> bool {
        let text = self.texts.join(" ").to_lowercase();
        let is_tagged = |tags: &[TagId]| self.tags.iter().any(|it| tags.contains(&it.tag));
        let by = |admin: Option<&AdminId>, wanted: Option<&Vec<AdminId>>| {
            wanted.is_none_or(|wanted| {
                admin.is_some_and(|admin| wanted.iter().any(|it| it.as_str() == admin.as_str()))
            })
        };
        let between = |time: Timestamp, after: Option<Timestamp>, before: Option<Timestamp>| {
            after.is_none_or(|after| time.as_second() >= after.as_second())
                && before.is_none_or(|before| time.as_second() <= before.as_second())
        };
        let state = match self.is_published {
            true => ContentState::Published,
            false => ContentState::Draft,
        };
        let wanted_tags = search.tag_ids.as_deref();
        let states = [
            &search.copilot_state,
            &search.fin_service_state,
            &search.fin_sales_state,
        ];
        words.iter().all(|word| text.contains(word.as_str()))
            && search
                .content_types
                .as_ref()
                .is_none_or(|it| it.contains(&self.kind))
            && search.states.as_ref().is_none_or(|it| it.contains(&state))
            && search
                .locales
                .as_ref()
                .is_none_or(|wanted| self.locales.iter().any(|locale| wanted.contains(locale)))
            && wanted_tags.is_none_or(|tags| {
                is_tagged(tags) != (search.tag_operator == Some(TagOperator::NotIn))
            })
            && search.any_tag_ids.as_deref().is_none_or(is_tagged)
            && search
                .folder_ids
                .as_ref()
                .is_none_or(|wanted| self.folder.is_some_and(|folder| wanted.contains(folder)))
            && states
                .into_iter()
                .zip(self.availability)
                .all(|(state, is_on)| {
                    state
                        .as_ref()
                        .is_none_or(|state| (*state == AiState::On) == is_on)
                })
            && by(self.created_by, search.created_by_ids.as_ref())
            && by(self.updated_by, search.last_updated_by_ids.as_ref())
            && between(
                self.created_at,
                search.created_at_after,
                search.created_at_before,
            )
            && between(
                self.updated_at,
                search.updated_at_after,
                search.updated_at_before,
            )
    }

    fn show(&self) -> ContentMatch {
        if let Some(record) = self.article {
            return ContentMatch::Article(object!(ArticleItemMatch {
                r#type: Some(ContentType::Article),
                id: self.id.clone(),
                title: Some(self.title.to_owned()),
                contents: languages(record),
            }));
        }
        let kind = match &self.kind {
            ContentSearchType::Snippet => ContentType::ContentSnippet,
            other => ContentType::from(other.as_str()),
        };
        ContentMatch::Other(object!(ContentItemMatch {
            r#type: Some(kind),
            id: self.id.clone(),
            title: Some(self.title.to_owned()),
        }))
    }
}

impl Handle<Search> for Workspace {
    fn handle(&mut self, search: Search, context: &Context) -> Result<List<ContentMatch>, Refusal> {
        check(&search)?;
        let query = search.query.as_deref().unwrap_or_default().to_lowercase();
        let words: Vec<String> = query.split_whitespace().map(str::to_owned).collect();
        let pieces = self.pieces().into_iter();
        let mut found: Vec<_> = pieces
            .filter(|piece| piece.is_found(&search, &words))
            .collect();
        // The latest first.
        found.sort_by(|one, other| {
            let key = |piece: &Piece<'_>| (piece.updated_at, piece.id.as_str().to_owned());
            key(other).cmp(&key(one))
        });
        let place = Numbered {
            page: search.page,
            per_page: search.per_page,
            default: PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let path = "/content/search";
        let mut list = numbered(&found, found.len(), place, &context.url(path), |piece| {
            piece.show()
        })?;
        list.r#type = Some(ObjectType::List);
        if let Some(pages) = &mut list.pages {
            // The pages of this list keep the question.
            let number = pages.page.unwrap_or(1);
            let address = |page| page_of(&search, page, context);
            if pages.next.is_some() {
                pages.next = Some(NextPage::Url(address(number + 1)));
            }
            pages.prev = (number > 1).then(|| address(number - 1));
        }
        Ok(list)
    }
}

/// Returns the address of another page of a search.
fn page_of(search: &Search, page: u64, context: &Context) -> String {
    use intercom_core::Endpoint as _;

    let mut other = search.clone();
    other.page = u32::try_from(page).ok();
    let request = other.encode();
    let path = request
        .as_ref()
        .ok()
        .and_then(|request| request.uri().path_and_query());
    path.map_or_else(String::new, |path| context.url(path.as_str()))
}
