"""Forms that say what they showed, so that nobody changes what somebody else changed."""

import re


def shown(form_page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', form_page.content.decode())[1]


def post_seen(browser, url, **data):
    return browser.post(url, {"seen": shown(browser.get(url), "seen"), **data})
