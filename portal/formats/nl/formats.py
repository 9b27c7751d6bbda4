"""How we write dates, times and numbers: 20 november 2026, 10.42 uur, 1.234,5. How we read them: decisions.md, R-40."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = r"G.i \u\u\r"
DATETIME_FORMAT = rf"j F Y \o\m {TIME_FORMAT}"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "j-n-Y"
SHORT_DATETIME_FORMAT = "j-n-Y G.i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%Y%m%d", "%d %B %Y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H.%M"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
