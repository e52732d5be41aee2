use serde::Serialize;

/// A page of a list, the value of `data`.
#[derive(Serialize)]
pub(crate) struct Page<T> {
    rowset: Vec<T>,
    #[serde(rename = "totalPages")]
    total_pages: u64,
    #[serde(rename = "totalRows")]
    total_rows: u64,
    /// The page number, from 1.
    offset: u64,
    limit: u64,
}

impl<T> Page<T> {
    pub(super) fn cut(rows: impl Iterator<Item = T>, offset: u64, limit: u64) -> Self {
        let first = (offset - 1).saturating_mul(limit);
        let last = first.saturating_add(limit);
        let mut rowset = Vec::new();
        let mut total_rows = 0;
        for row in rows {
            if (first..last).contains(&total_rows) {
                rowset.push(row);
            }
            total_rows += 1;
        }
        Self { rowset, total_pages: total_rows.div_ceil(limit), total_rows, offset, limit }
    }

    pub(crate) fn map<U>(self, write: impl FnMut(T) -> U) -> Page<U> {
        let Self { rowset, total_pages, total_rows, offset, limit } = self;
        Page { rowset: rowset.into_iter().map(write).collect(), total_pages, total_rows, offset, limit }
    }
}
