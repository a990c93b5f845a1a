//! Types without a name within each other: lists of lists, maps of maps. Rust writes them out, so that they must
//! end, and stay short enough to be read.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::SchemaId;
use crate::circles::{components, finished, in_circles};

/// Names that a type may consist of, all within it counted: `Vec<Vec<String>>` has three.
const MOST: usize = 100;

/// The schemas that are read as any JSON value, each with the reason: they would hold themselves, or be too long.
/// `held` has for each schema without a name those that it holds.
pub(super) fn too_deep(
    held: &BTreeMap<SchemaId, Vec<SchemaId>>,
) -> BTreeMap<SchemaId, &'static str> {
    let all: BTreeSet<SchemaId> = held
        .iter()
        .flat_map(|(id, held)| held.iter().chain([id]))
        .copied()
        .collect();
    let ids: Vec<SchemaId> = all.into_iter().collect();
    let number = |id: &SchemaId| ids.binary_search(id).ok();
    let edges: Vec<Vec<usize>> = ids
        .iter()
        .map(|id| {
            held.get(id)
                .into_iter()
                .flatten()
                .filter_map(number)
                .collect()
        })
        .collect();
    let is_circular = in_circles(&edges, &components(&edges));
    let mut sizes = vec![1_usize; ids.len()];
    let mut found = BTreeMap::new();
    for node in finished(&edges) {
        let parts = edges[node].iter().map(|part| sizes[*part]);
        let size = parts.fold(1_usize, usize::saturating_add);
        if is_circular[node] {
            found.insert(ids[node], "lists or maps of nothing but themselves");
        } else if size > MOST {
            found.insert(
                ids[node],
                "lists or maps within each other, too many to write out",
            );
        } else {
            sizes[node] = size;
        }
    }
    found
}
