#!/usr/bin/env perl
# Writes a program that calls each operation of a generated client once: what stands in the client as a future is
# compiled by whoever awaits it, so that the client alone does not tell what a dependent pays.
#
#   benches/caller.pl CLIENT FILE…        the path of the client's type; the files with its methods
use strict;
use warnings;

my $client = shift;
local $/;
my %calls;
for my $file (@ARGV) {
    open my $source, '<', $file or die "$file: $!";
    my $text = <$source>;
    # Operations are async, or give a call that is awaited.
    while ($text =~ /^    pub (async )?fn (\w+)(?:<([^()]*)>)?\(\s*&(?:'a )?self,?\s*((?:[^()]|\([^()]*\))*?)\s*\)\s*->\s*([^{]*)/mg) {
        my ($is_async, $name, $generics, $parameters, $result) = ($1, $2, $3 // '', $4, $5);
        next unless $is_async or $result =~ /^Call</;
        my @values;
        for my $parameter (split /,\s*(?![^<]*>)/, $parameters) {
            next unless $parameter =~ /\S/;
            my ($type) = $parameter =~ /:\s*(.*)/s;
            # What is generic cannot be inferred; all else is.
            my ($is_optional, $given) = $type =~ /^(Option<)?impl \w+<([^<>]*(?:<.*>)?)>/s;
            $given = $1 if $type =~ /^(\w)$/ and $generics =~ /\b$1: *Into<(.*)>/;
            if ($given) {
                $given =~ s/\brt::/::client::rt::/g;
                $given =~ s/\bcrate::/::client::/g;
                $given = 'String' if $given eq 'str';
                $given = "Option<$given>" if $is_optional;
            }
            push @values, $given ? "any::<$given>()" : 'any()';
        }
        $calls{$name} = join ', ', @values;
    }
}
print "#![allow(warnings)]\nuse std::future::{Future, IntoFuture};\nuse std::pin::Pin;\n\n";
print "fn any<T>() -> T {\n    unreachable!()\n}\n\n";
print "fn call<C: IntoFuture + 'static>(call: C) -> Pin<Box<dyn Future<Output = ()>>>\nwhere\n    C::IntoFuture: 'static,\n    C::Output: 'static,\n{\n    Box::pin(async move { drop(call.into_future().await) })\n}\n\n";
print "fn main() {\n    let client: &'static ::$client = any();\n";
print "    call(client.$_($calls{$_}));\n" for sort keys %calls;
print "}\n";
