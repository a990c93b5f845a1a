#!/usr/bin/env bash
# Draws benches/costs.svg from benches/figures.csv, whose rows are: what is measured, who, the figure.
#
#   benches/chart.sh            draws it
#   benches/chart.sh --check    1 if the chart is not that of the figures
set -euo pipefail
cd "$(dirname "$0")"

drawn=$(mktemp)
trap 'rm -f "$drawn"' EXIT
awk -F, '
    function escaped(text) { gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); return text }
    NR == 1 { next }
    {
        if (!($1 in most)) order[++groups] = $1
        rows[$1] = rows[$1] NR " "
        who[NR] = $2; figure[NR] = $3
        if ($3 + 0 > most[$1] + 0) most[$1] = $3
        count++
    }
    END {
        height = groups * 40 + count * 22 + 12
        printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"%d\" viewBox=\"0 0 760 %d\" font-family=\"sans-serif\" font-size=\"13\">\n", height, height
        print "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
        y = 0
        for (g = 1; g <= groups; g++) {
            y += 30
            printf "<text x=\"12\" y=\"%d\" font-weight=\"bold\" fill=\"#222\">%s</text>\n", y, escaped(order[g])
            n = split(rows[order[g]], list, " ")
            y += 10
            for (i = 1; i <= n; i++) {
                row = list[i]
                width = 400 * figure[row] / most[order[g]]
                colour = who[row] ~ /^(stencil|sendgrid-user)/ ? "#2563eb" : "#9ca3af"
                printf "<text x=\"250\" y=\"%d\" text-anchor=\"end\" fill=\"#222\">%s</text>", y + 13, escaped(who[row])
                printf "<rect x=\"258\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"/>", y, width, colour
                printf "<text x=\"%.1f\" y=\"%d\" fill=\"#222\">%s</text>\n", 264 + width, y + 13, figure[row]
                y += 22
            }
        }
        print "</svg>"
    }' figures.csv > "$drawn"

if [ "${1:-}" = --check ]; then
    cmp "$drawn" costs.svg
else
    cp "$drawn" costs.svg
fi
