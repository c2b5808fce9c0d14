//! Lists that come in pages.

/// Implements [`Paginate`](crate::Paginate) for an endpoint. The `endpoint!` macro calls it for the
/// attribute `#[paged(..)]`:
///
/// ```ignore
/// #[paged(data [Contact] by cursor starting_after)]
/// ```
///
/// It names the field of the reply with the items, their type, and the field of the request that
/// selects the page.
#[doc(hidden)]
#[macro_export]
macro_rules! paginate {
    // The items are what the field iterates over; its own field in brackets has their JSON.
    ($Name:ident: in $items:ident ($inner:ident) [$Item:ty] by page) => {
        $crate::paginate! { @walk $Name, $Item, [stringify!($items), stringify!($inner)],
            |page| $crate::api::declare::by_page(page.pages.as_ref()),
            Page(page) |list| list.page = Some(*page),
            |page| page.$items.into_iter().collect(),
            number |reply| reply.pages.as_ref()?.page
        }
    };
    // One object or a page of them, by the query.
    ($Name:ident: Found [$Item:ty] by page) => {
        $crate::paginate! { @walk $Name, $Item, ["data"],
            |page| $crate::api::declare::by_page(page.pages()),
            Page(page) |list| list.page = Some(*page),
            |page| page.into_iter().collect(),
            number |reply| reply.pages()?.page
        }
    };
    ($Name:ident: $items:ident [$Item:ty] by cursor in body) => {
        $crate::paginate! { @impl $Name, $Item, $items,
            |page| $crate::api::declare::by_cursor(page.pages.as_ref()),
            Cursor(cursor) |list| {
                list.body.pagination.get_or_insert_default().starting_after = Some(cursor.clone());
            }
        }

        impl $Name {
            /// Limits how many items a page has: up to 150; the service's default depends on the
            /// resource.
            #[must_use]
            pub fn per_page(mut self, per_page: u32) -> Self {
                self.body.pagination.get_or_insert_default().per_page = Some(per_page);
                self
            }
        }
    };
    ($Name:ident: $items:ident [$Item:ty] by cursor $cursor:ident) => {
        $crate::paginate! { @impl $Name, $Item, $items,
            |page| $crate::api::declare::by_cursor(page.pages.as_ref()),
            Cursor(cursor) |list| list.$cursor = Some(cursor.clone())
        }
    };
    // The next page is an address, of which this argument counts.
    ($Name:ident: $items:ident [$Item:ty] by url $cursor:ident) => {
        $crate::paginate! { @impl $Name, $Item, $items,
            |page| $crate::api::declare::by_url(
                page.pages.as_ref().and_then(|pages| pages.next.as_deref()),
                stringify!($cursor),
            ),
            Cursor(cursor) |list| list.$cursor = Some(cursor.clone())
        }
    };
    ($Name:ident: $items:ident [$Item:ty] by next_cursor $cursor:ident) => {
        $crate::paginate! { @impl $Name, $Item, $items,
            |page| Ok(page.next_cursor.clone()
                .filter(|_| page.has_more != Some(false))
                .map($crate::PageToken::Cursor)),
            Cursor(cursor) |list| list.$cursor = Some(cursor.clone())
        }
    };
    ($Name:ident: $($items:ident).+ [$Item:ty] by page) => {
        $crate::paginate! { @impl $Name, $Item, $($items).+,
            |page| $crate::api::declare::by_page(page.pages.as_ref()),
            Page(page) |list| list.page = Some(*page),
            number |reply| reply.pages.as_ref()?.page
        }
    };
    ($Name:ident: $($items:ident).+ [$Item:ty] by page in body) => {
        $crate::paginate! { @impl $Name, $Item, $($items).+,
            |page| $crate::api::declare::by_page(page.pages.as_ref()),
            Page(page) |list| list.body.page = Some(*page),
            number |reply| reply.pages.as_ref()?.page
        }
    };
    // The numbers stand beside the items, and not in `pages`.
    ($Name:ident: $items:ident [$Item:ty] by counters) => {
        $crate::paginate! { @impl $Name, $Item, $items,
            |page| $crate::api::declare::by_counters(page.page, page.total_pages),
            Page(page) |list| list.page = Some(*page),
            number |reply| reply.page
        }
    };
    ($Name:ident: $items:ident [$Item:ty] by scroll $scroll:ident) => {
        $crate::paginate! { @impl $Name, $Item, $items,
            |page| Ok(page.$scroll.clone()
                .filter(|_| !page.$items.is_empty())
                .map($crate::PageToken::Scroll)),
            Scroll(scroll) |list| list.$scroll = Some(scroll.clone()),
            identity |item| item.id.as_str()
        }
    };
    (@impl $Name:ident, $Item:ty, $($items:ident).+, |$reply:ident| $next:expr,
        $Token:ident($token:ident) |$list:ident| $set_page:expr $(, $more:ident |$value:ident| $of:expr)?) => {
        $crate::paginate! { @walk $Name, $Item, [$(stringify!($items)),+], |$reply| $next, $Token($token) |$list| $set_page,
            |page| page.$($items).+ $(, $more |$value| $of)? }
    };
    (@walk $Name:ident, $Item:ty, [$($path:expr),+], |$reply:ident| $next:expr,
        $Token:ident($token:ident) |$list:ident| $set_page:expr,
        |$page:ident| $items:expr $(, $more:ident |$value:ident| $of:expr)?) => {
        impl $crate::IntoPaginate for &$Name {
            type List = $Name;

            fn into_paginate(self) -> $Name {
                self.clone()
            }
        }

        impl $crate::Paginate for $Name {
            type Item = $Item;

            const ITEMS: &'static [&'static str] = &[$($path),+];

            fn next_page(
                &self,
                $reply: &Self::Output,
            ) -> Result<Option<$crate::PageToken>, $crate::UnreadablePageToken> {
                $next
            }

            fn set_page(&mut self, token: &$crate::PageToken) -> bool {
                let $crate::PageToken::$Token($token) = token else {
                    return false;
                };
                let $list = self;
                $set_page;
                true
            }

            fn items($page: Self::Output) -> Vec<$Item> {
                $items
            }

            $($crate::paginate! { @$more |$value| $of })?
        }
    };
    (@number |$reply:ident| $number:expr) => {
        fn page_number($reply: &Self::Output) -> Option<u64> {
            $number
        }
    };
    (@identity |$item:ident| $identity:expr) => {
        const IDENTITY: Option<fn(&Self::Item) -> &str> = Some(|$item| $identity);
    };
}

pub use paginate;
