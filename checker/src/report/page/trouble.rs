//! The submissions of which nothing could be graded, each with the reason.

use super::class::Class;
use super::html::Html;

pub(super) fn trouble(html: &mut Html, class: &Class) {
    html.raw("<section aria-labelledby=\"trouble\">\n<h2 id=\"trouble\" tabindex=\"-1\">Submissions that could not be taken</h2>\n");
    let troubled = class.students.iter().filter_map(|entry| Some((entry, entry.record.trouble.as_ref()?)));
    if troubled.clone().next().is_none() {
        html.raw("<p>None.</p>\n</section>\n");
        return;
    }
    html.raw("<div class=\"scroll\" role=\"region\" aria-labelledby=\"trouble\" tabindex=\"0\">\n<table class=\"plain\">\n");
    html.raw("<thead><tr><th scope=\"col\">Student</th><th scope=\"col\">Why</th>");
    html.raw("<th scope=\"col\">Found at</th></tr></thead>\n<tbody>\n");
    for (entry, trouble) in troubled {
        html.raw("<tr><th scope=\"row\"><a").attr("href", format_args!("#{}", entry.anchor)).raw(">");
        html.name(&entry.name).raw("</a></th><td class=\"words\"><code>").text(&trouble.kind).raw("</code> ");
        html.text(&trouble.message)
            .raw("</td><td class=\"words\">")
            .text(&entry.record.source)
            .raw("</td></tr>\n");
    }
    html.raw("</tbody>\n</table>\n</div>\n</section>\n");
}
