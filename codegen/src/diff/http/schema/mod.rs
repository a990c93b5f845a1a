//! Schemas: what they ask of a value, compared in the way that the value goes.
//!
//! A pair of nodes is compared once for each way, whatever it is part of, so that a schema that holds itself costs
//! no more than its size. Where a pair is used is computed afterwards, over the edges between pairs.

mod annotation;
mod array;
mod describe;
mod flat;
mod keyword;
mod limit;
mod node;
mod object;
mod types;
mod union;
mod values;

use std::collections::HashMap;

use self::flat::Flat;
use self::node::{NodeId, Nodes, Start, Types};
use super::finding::{Both, Finding, Way};
use crate::api::{SchemaId, Schemas};
use crate::diff::facts::Facts;

/// How a value is written: what is told apart there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// JSON: `1` and `"1"` are different.
    Json,
    /// Text, as in a query: `1` is a string too.
    Text,
}

/// Two nodes, the way that their values go, and how those are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    old: NodeId,
    new: NodeId,
    way: Way,
    form: Form,
}

/// A compared pair.
#[derive(Debug, Default)]
struct Pair {
    findings: Vec<Finding>,
    children: Vec<usize>,
}

/// A pair inside of another one.
#[derive(Debug)]
struct Child {
    old: Start,
    new: Start,
    way: Way,
    form: Form,
}

/// What one step of the comparison looks at.
#[derive(Clone, Copy)]
struct Sides<'f, 'a> {
    old: &'f Flat<'a>,
    new: &'f Flat<'a>,
    way: Way,
    form: Form,
}

impl<'a> Sides<'_, 'a> {
    /// A difference of the node itself.
    fn finding(&self, check: &'static super::check::Check, message: impl Into<String>) -> Finding {
        Finding::on(self.way, check, message).at(Both::new(self.old.pointer, self.new.pointer))
    }

    /// A pair of schemas inside, which go the same way.
    fn child(&self, nodes: &mut Both<Nodes<'a>>, old: &[SchemaId], new: &[SchemaId]) -> Child {
        Child {
            old: nodes.old.start(old),
            new: nodes.new.start(new),
            way: self.way,
            form: self.form,
        }
    }
}

/// Findings, and the pairs to look at next.
#[derive(Debug, Default)]
struct Found {
    findings: Vec<Finding>,
    children: Vec<Child>,
}

/// Where schemas are used: by which pair, and by which use.
#[derive(Debug)]
struct Root {
    pair: usize,
    of: usize,
}

/// The schemas of two documents.
pub(super) struct Comparison<'a> {
    nodes: Both<Nodes<'a>>,
    facts: Both<&'a Facts>,
    known: HashMap<Key, usize>,
    pairs: Vec<Pair>,
    waiting: Vec<(usize, Key)>,
    roots: Vec<Root>,
    words: Vec<(usize, Finding)>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(schemas: Both<&'a Schemas>, facts: Both<&'a Facts>) -> Self {
        Self {
            nodes: Both::new(Nodes::new(schemas.old), Nodes::new(schemas.new)),
            facts,
            known: HashMap::new(),
            pairs: Vec::new(),
            waiting: Vec::new(),
            roots: Vec::new(),
            words: Vec::new(),
        }
    }

    /// Notes that the use with this number holds these schemas.
    pub(super) fn add(&mut self, schemas: Both<SchemaId>, way: Way, form: Form, of: usize) {
        let child = Child {
            old: self.nodes.old.start(&[schemas.old]),
            new: self.nodes.new.start(&[schemas.new]),
            way,
            form,
        };
        let words = annotation::compare(&child, &self.nodes, self.facts);
        self.words
            .extend(words.into_iter().map(|finding| (of, finding)));
        let pair = self.pair(&child);
        self.roots.push(Root { pair, of });
    }

    /// All findings, each with its uses. `uses` is how many there are.
    pub(super) fn finish(mut self, uses: usize) -> Vec<Finding> {
        while let Some((index, key)) = self.waiting.pop() {
            self.step(index, key);
        }
        let reach = self.reach(uses);
        let words = self
            .words
            .into_iter()
            .map(|(of, finding)| finding.by(&[of]));
        let mut findings: Vec<Finding> = words.collect();
        for (pair, reach) in self.pairs.into_iter().zip(reach) {
            let uses: Vec<usize> = reach.numbers().collect();
            findings.extend(pair.findings.into_iter().map(|finding| finding.by(&uses)));
        }
        findings
    }

    fn pair(&mut self, child: &Child) -> usize {
        let key = Key {
            old: child.old.node,
            new: child.new.node,
            way: child.way,
            form: child.form,
        };
        if let Some(index) = self.known.get(&key) {
            return *index;
        }
        let index = self.pairs.len();
        self.pairs.push(Pair::default());
        self.known.insert(key, index);
        self.waiting.push((index, key));
        index
    }

    fn step(&mut self, index: usize, key: Key) {
        let old = Flat::of(&self.nodes.old, key.old, &self.facts.old.keywords);
        let new = Flat::of(&self.nodes.new, key.new, &self.facts.new.keywords);
        let sides = Sides {
            old: &old,
            new: &new,
            way: key.way,
            form: key.form,
        };
        let mut found = compare(sides, &mut self.nodes);
        let mut children = Vec::with_capacity(found.children.len());
        for child in &found.children {
            found
                .findings
                .extend(annotation::compare(child, &self.nodes, self.facts));
            children.push(self.pair(child));
        }
        self.pairs[index] = Pair {
            findings: found.findings,
            children,
        };
    }

    /// The uses of each pair that leads to a finding: those of the pairs that hold it.
    fn reach(&self, uses: usize) -> Vec<Set> {
        // Parents before children as far as there are no circles, so that few rounds are needed.
        let mut order = self.order();
        let is_telling = self.telling(&order);
        order.retain(|index| is_telling[*index]);
        let sets = is_telling.iter().map(|is| match is {
            true => Set::new(uses),
            false => Set::default(),
        });
        let mut reach: Vec<Set> = sets.collect();
        for root in &self.roots {
            reach[root.pair].insert(root.of);
        }
        loop {
            let mut is_stable = true;
            for index in &order {
                let from = std::mem::take(&mut reach[*index]);
                for child in &self.pairs[*index].children {
                    if child != index {
                        is_stable &= !reach[*child].extend(&from);
                    }
                }
                reach[*index] = from;
            }
            if is_stable {
                return reach;
            }
        }
    }

    /// Whether each pair has a finding, or holds one that has. In most comparisons few do.
    fn telling(&self, order: &[usize]) -> Vec<bool> {
        let pairs = self.pairs.iter();
        let mut is_telling: Vec<bool> = pairs.map(|pair| !pair.findings.is_empty()).collect();
        loop {
            let mut is_stable = true;
            for index in order.iter().rev() {
                let mut children = self.pairs[*index].children.iter();
                if !is_telling[*index] && children.any(|child| is_telling[*child]) {
                    is_telling[*index] = true;
                    is_stable = false;
                }
            }
            if is_stable {
                return is_telling;
            }
        }
    }

    /// The pairs in reverse postorder.
    fn order(&self) -> Vec<usize> {
        let mut seen = vec![false; self.pairs.len()];
        let mut order = Vec::with_capacity(self.pairs.len());
        for root in &self.roots {
            let mut stack = vec![(root.pair, 0)];
            while let Some((index, next)) = stack.pop() {
                if next == 0 && std::mem::replace(&mut seen[index], true) {
                    continue;
                }
                match self.pairs[index].children.get(next) {
                    Some(child) => {
                        stack.push((index, next + 1));
                        if !seen[*child] {
                            stack.push((*child, 0));
                        }
                    }
                    None => order.push(index),
                }
            }
        }
        order.reverse();
        order
    }
}

/// Compares two nodes: what they ask themselves, and which nodes to compare next.
fn compare<'a>(sides: Sides<'_, 'a>, nodes: &mut Both<Nodes<'a>>) -> Found {
    let mut found = Found::default();
    if let Some(whole) = types::whole(sides) {
        found.findings.extend(whole);
        return found;
    }
    if union::compare(sides, nodes, &mut found) == union::Left::Nothing {
        return found;
    }
    if array::listed(sides, nodes, &mut found) || !types::compare(sides, &mut found.findings) {
        return found;
    }
    values::compare(sides, &mut found.findings);
    limit::compare(sides, &mut found.findings);
    let types = sides.old.types.and(sides.new.types);
    if types.has(Types::OBJECT) {
        object::compare(sides, nodes, &mut found);
    }
    if types.has(Types::ARRAY) {
        array::compare(sides, nodes, &mut found);
    }
    keyword::compare(sides, nodes, &mut found);
    found
}

/// A set of small numbers.
#[derive(Clone, Debug, Default)]
struct Set(Vec<u64>);

impl Set {
    fn new(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    fn insert(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Whether it grew.
    fn extend(&mut self, other: &Self) -> bool {
        let mut grew = false;
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            grew |= *more & !*word != 0;
            *word |= more;
        }
        grew
    }

    fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        let words = self.0.iter().enumerate();
        words.flat_map(|(at, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| at * 64 + bit)
        })
    }
}
