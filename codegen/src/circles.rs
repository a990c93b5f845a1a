//! Circles in a graph: its strongly connected components, by Kosaraju's algorithm, without recursion, since a
//! document decides how long a way is.

/// For each node the number of its component. `edges` holds, for each node, the nodes that it leads to.
pub(crate) fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut back = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for to in targets {
            back[*to].push(from);
        }
    }
    let mut component = vec![usize::MAX; edges.len()];
    let mut waiting = Vec::new();
    for start in finished(edges).into_iter().rev() {
        if component[start] != usize::MAX {
            continue;
        }
        component[start] = start;
        waiting.push(start);
        while let Some(node) = waiting.pop() {
            for from in &back[node] {
                if component[*from] == usize::MAX {
                    component[*from] = start;
                    waiting.push(*from);
                }
            }
        }
    }
    component
}

/// Whether each node can be reached from itself; `component` is what [`components`] gives.
pub(crate) fn in_circles(edges: &[Vec<usize>], component: &[usize]) -> Vec<bool> {
    let mut sizes = vec![0_usize; edges.len()];
    for of in component {
        sizes[*of] += 1;
    }
    let each = edges.iter().enumerate();
    each.map(|(node, targets)| sizes[component[node]] > 1 || targets.contains(&node))
        .collect()
}

/// The nodes in the order in which a search in depth leaves them: what a node leads to comes before it, circles
/// aside.
pub(crate) fn finished(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut is_seen = vec![false; edges.len()];
    let mut order = Vec::with_capacity(edges.len());
    // Each node with the number of its edges that were followed.
    let mut way: Vec<(usize, usize)> = Vec::new();
    for start in 0..edges.len() {
        if std::mem::replace(&mut is_seen[start], true) {
            continue;
        }
        way.push((start, 0));
        while let Some((node, followed)) = way.last_mut() {
            if let Some(next) = edges[*node].get(*followed) {
                *followed += 1;
                if !std::mem::replace(&mut is_seen[*next], true) {
                    way.push((*next, 0));
                }
            } else {
                order.push(*node);
                way.pop();
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{components, finished, in_circles};

    #[test]
    fn nodes_that_reach_each_other_are_one_component() {
        // 0 → 1 → 2 → 0, 2 → 3, 3 → 3, 4 → 0
        let edges = [vec![1], vec![2], vec![0, 3], vec![3], vec![0]];
        let of = components(&edges);
        assert!(of[0] == of[1] && of[1] == of[2]);
        assert!(of[3] != of[0] && of[4] != of[0] && of[3] != of[4]);
        assert_eq!(in_circles(&edges, &of), [true, true, true, true, false]);
    }

    #[test]
    fn what_a_node_leads_to_comes_before_it() {
        assert_eq!(finished(&[vec![1, 2], vec![2], vec![]]), [2, 1, 0]);
    }

    #[test]
    fn a_long_way_needs_no_stack() {
        let last = 1_000_000;
        let edges: Vec<Vec<usize>> = (0..=last)
            .map(|node| if node < last { vec![node + 1] } else { vec![] })
            .collect();
        assert_eq!(components(&edges).len(), last + 1);
    }
}
