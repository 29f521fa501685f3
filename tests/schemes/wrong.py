"""What a scheme cannot be: what is changed, where the fault is said to be, and its slug."""

from tests.schemes.examples import TYRE

FAULTS = {
    # What the file does not have, or has too much.
    "a member is missing": (("/identity/rule", ...), "/identity/rule", "body-member-missing"),
    "a member nobody knows": (("/favourite", "green"), "/favourite", "body-member-unknown"),
    "a text is empty": (("/identity/names/zh", " "), "/identity/names/zh", "body-member-missing"),
    "a text no paper can show": (("/identity/names/zh", "ş"), "/identity/names/zh", "glyph-missing"),
    "a text too long": (("/identity/names/zh", "长" * 201), "/identity/names/zh", "text-too-long"),
    "a text that is a number": (("/identity/names/zh", 5), "/identity/names/zh", "body-member-invalid"),
    "a family nobody knows": (("/identity/family", "x"), "/identity/family", "value-not-known"),
    "a boundary nobody knows": (("/identity/boundary", "moon"), "/identity/boundary", "value-not-known"),
    "a code that is no slug": (("/identity/code", "LC tyre"), "/identity/code", "slug-unreadable"),
    "a format of tomorrow": (("/format", 2), "/format", "value-not-known"),
    "a day that is none": (
        ("/identity/effective_from", "soon"),
        "/identity/effective_from",
        "date-unreadable",
    ),
    "no years of validity": (
        ("/identity/validity/years", 0),
        "/identity/validity/years",
        "body-member-out-of-bounds",
    ),
    "a declared unit that is none": (
        ("/identity/declared/unit", "pcs-of-cake"),
        "/identity/declared/unit",
        "unit-unknown",
    ),
    "nothing declared": (
        ("/identity/declared/amount", "0"),
        "/identity/declared/amount",
        "body-member-out-of-bounds",
    ),
    "a clock the law does not run": (
        ("/clocks/lunch", {"length": 1, "unit": "working", "source": "x"}),
        "/clocks/lunch",
        "value-not-known",
    ),
    "a clock in moons": (("/clocks/acceptance/unit", "moons"), "/clocks/acceptance/unit", "value-not-known"),
    "a clock of no day": (
        ("/clocks/acceptance/length", 0),
        "/clocks/acceptance/length",
        "body-member-out-of-bounds",
    ),
    "a term in working days": (
        ("/clocks/suspension_max/unit", "working"),
        "/clocks/suspension_max/unit",
        "clock-unit-wrong",
    ),
    "recertification that ends before it begins": (
        ("/clocks/recertification_earliest", {"length": 3, "unit": "months", "source": "x"}),
        "/clocks",
        "recertification-turned",
    ),
    "a figure that is told under the name of a parameter": (
        ("/criteria/2", {**TYRE["criteria"][2], "slug": "share", "shown": ["filter"]}),
        "/criteria/2/slug",
        "slug-twice",
    ),
    "a share above one": (
        ("/accounting/materiality", "1.01"),
        "/accounting/materiality",
        "body-member-out-of-bounds",
    ),
    "a share that is a word": (
        ("/accounting/materiality", "most"),
        "/accounting/materiality",
        "number-unreadable",
    ),
    "a materiality above the whole": (
        ("/accounting/misstatement", "1.5"),
        "/accounting/misstatement",
        "body-member-out-of-bounds",
    ),
    "an assurance nobody gives": (
        ("/accounting/assurance", "absolute"),
        "/accounting/assurance",
        "value-not-known",
    ),
    "certificates that count sometimes": (
        ("/accounting/certificates", "sometimes"),
        "/accounting/certificates",
        "value-not-known",
    ),
    "more cut off each than in all": (
        ("/accounting/cut_off/each", "0.06"),
        "/accounting/cut_off/each",
        "cut-off-turned",
    ),
    "usual beyond what is possible": (
        ("/accounting/tolerances", {"fuel_usual_times": "3"}),
        "/accounting/tolerances/fuel_usual_times",
        "tolerance-turned",
    ),
    "so many times that it is no more": (
        ("/accounting/tolerances", {"limit_times": "1"}),
        "/accounting/tolerances/limit_times",
        "body-member-out-of-bounds",
    ),
    "a fuel default of nobody": (
        ("/accounting/fuel_source", "hearsay"),
        "/accounting/fuel_source",
        "value-not-known",
    ),
    "a retest for ever": (("/tests/0/retests", 11), "/tests/0/retests", "body-member-out-of-bounds"),
    "no specimen": (("/tests/0/specimens", 0), "/tests/0/specimens", "body-member-out-of-bounds"),
    "readings that lie nowhere": (
        ("/tests/0", TYRE["tests"][0] | {"least": "9", "most": "9"}),
        "/tests/0/most",
        "range-turned",
    ),
    "a limit where no reading can lie": (
        ("/tests/0", TYRE["tests"][0] | {"least": "90"}),
        "/criteria/1/rows/0/limit",
        "criterion-unreachable",
    ),
    "no uncertainty at all": (
        ("/tests/0/uncertainty", "0"),
        "/tests/0/uncertainty",
        "body-member-out-of-bounds",
    ),
    "a guard band as wide as nobody knows": (
        ("/tests/0/decision", "guard_band"),
        "/tests/0/uncertainty",
        "guard-band-without-uncertainty",
    ),
    "a reading recorded with what nobody knows": (
        ("/tests/0/recorded", ["weather"]),
        "/tests/0/recorded/0",
        "value-not-known",
    ),
    "a test in a unit that is none": (("/tests/0/unit", "pcs-of-cake"), "/tests/0/unit", "unit-unknown"),
    "negative person-days": (("/person_days/least", "-1"), "/person_days/least", "body-member-out-of-bounds"),
    "fewer days for more people": (
        ("/person_days/by_size/0/days", "3"),
        "/person_days/by_size/0",
        "person-days-turned",
    ),
    "people that no parameter counts": (
        ("/person_days/people", "staff"),
        "/person_days/people",
        "parameter-unknown",
    ),
    "people that a choice counts": (
        ("/person_days/people", "vehicle"),
        "/person_days/people",
        "people-not-counted",
    ),
    "units of nothing": (("/person_days/unit_by", ["colour"]), "/person_days/unit_by/0", "parameter-unknown"),
    "units that nobody can count": (
        ("/person_days/extra_unit", "1"),
        "/person_days/extra_unit",
        "units-not-counted",
    ),
    "one slug twice": (("/documents/-", TYRE["documents"][0]), "/documents/1/slug", "slug-twice"),
    "it ends before it begins": (
        ("/identity/effective_to", "2026-01-01"),
        "/identity/effective_to",
        "effective-ends-before-it-begins",
    ),
    "grades where there is only a pass": (
        ("/identity/conclusion/kind", "pass"),
        "/identity/conclusion/grades",
        "grades-do-not-fit",
    ),
    "surveillance of a test that is not there": (
        ("/surveillance/tests/0", "wet"),
        "/surveillance/tests/0",
        "test-unknown",
    ),
    "a kind of file that every rule takes": (
        ("/documents/0/slug", "other"),
        "/documents/0/slug",
        "file-kind-taken",
    ),
    "a form that was named and not handed in": (
        ("/documents/0/blank", "表.xlsx"),
        "/documents/0/blank",
        "blank-form-unclear",
    ),
    "a form without a name": (
        ("/documents/0/blank_file", "0" * 64),
        "/documents/0/blank",
        "blank-form-unclear",
    ),
    "the digest of a form that is none": (
        ("/documents/0/blank_file", "x"),
        "/documents/0/blank_file",
        "body-member-invalid",
    ),
    "a form that is a list and has no columns": (
        ("/documents/0/sheet", "monthly"),
        "/documents/0/columns",
        "sheet-without-columns",
    ),
    "a form that is drawn in a way nobody knows": (
        ("/documents/0/sheet", "wide"),
        "/documents/0/sheet",
        "value-not-known",
    ),
    # Parameters
    "a text with a unit": (
        ("/parameters/2/unit", "kg"),
        "/parameters/2/unit",
        "parameter-member-of-another-kind",
    ),
    "one choice": (("/parameters/0/choices/1", ...), "/parameters/0/choices", "choices-missing"),
    "a range that is turned": (("/parameters/3/most", "2"), "/parameters/3/most", "range-turned"),
    "a pattern that cannot be read": (
        ("/parameters/2/pattern", "("),
        "/parameters/2/pattern",
        "pattern-unreadable",
    ),
    "an example beside the pattern": (
        ("/parameters/2/example", "R16"),
        "/parameters/2/example",
        "example-does-not-fit",
    ),
    "required when nothing is said": (("/parameters/4/when", []), "/parameters/4/when", "condition-missing"),
    "required by what is not there": (
        ("/parameters/4/when/0/parameter", "moon"),
        "/parameters/4/when/0/parameter",
        "parameter-unknown",
    ),
    "required by what cannot be": (
        ("/parameters/4/when/0/one_of/0", "bus"),
        "/parameters/4/when/0/one_of/0",
        "choice-unknown",
    ),
    "derived from what is not there": (
        ("/derived/0/of/1", "parameter:moon"),
        "/derived/0/of/1",
        "quantity-unknown",
    ),
    "derived from a word": (("/derived/0/of/1", "parameter:size"), "/derived/0/of/1", "quantity-unknown"),
    "a sum of kilograms and tyres": (
        ("/derived/0/kind", "sum"),
        "/derived/0/of/0",
        "derivation-units-differ",
    ),
    "derived from itself": (("/derived/0/of/1", "derived:per_tyre"), "/derived/0", "derivation-circular"),
    # Criteria
    "a comparator nobody knows": (
        ("/criteria/1/comparator", "between"),
        "/criteria/1/comparator",
        "comparator-unknown",
    ),
    "a limit with no unit": (("/criteria/1/unit", ...), "/criteria/1/unit", "limit-without-unit"),
    "a limit of another unit": (("/criteria/1/unit", "kg"), "/criteria/1/unit", "limit-unit-differs"),
    "a negative limit": (("/criteria/1/rows/0/limit", "-5"), "/criteria/1/rows/0/limit", "limit-negative"),
    "a footprint of nothing": (
        ("/criteria/0/rows/0/grades/one", "0"),
        "/criteria/0/rows/0/grades/one",
        "limit-negative",
    ),
    "a limit finer than what is compared": (
        ("/criteria/0/rows/0/grades/one", "2.181"),
        "/criteria/0/rows/0/grades/one",
        "limit-digits",
    ),
    "a footprint limit from nowhere": (
        ("/criteria/0/source/text", ""),
        "/criteria/0/source/text",
        "limit-without-source",
    ),
    "rounded to nothing": (("/criteria/1/digits", None), "/criteria/1/digits", "rounding-incomplete"),
    "a test that is not there": (
        ("/criteria/1/quantity", "test:wet"),
        "/criteria/1/quantity",
        "quantity-unknown",
    ),
    "a figure that is no figure": (
        ("/criteria/1/quantity", "weather"),
        "/criteria/1/quantity",
        "slug-unreadable",
    ),
    "no row": (("/criteria/1/rows", []), "/criteria/1/rows", "body-member-out-of-bounds"),
    "a grade without a limit": (
        ("/criteria/2/rows/0/grades/two", ...),
        "/criteria/2/rows/0/grades",
        "grades-do-not-fit",
    ),
    "a limit of a grade nobody knows": (
        ("/criteria/2/rows/0/grades/three", "5"),
        "/criteria/2/rows/0/grades/three",
        "body-member-unknown",
    ),
    "a grade nobody can reach for the worse one": (
        ("/criteria/0/rows/0/grades/one", "2.80"),
        "/criteria/0/rows/0/grades/one",
        "grade-unreachable",
    ),
    "a benchmark without its value": (
        ("/criteria/0/ground", "benchmark"),
        "/criteria/0/benchmark",
        "ground-incomplete",
    ),
    "a reduction without a baseline": (
        ("/criteria/0/ground", "reduction"),
        "/criteria/0/baseline",
        "ground-incomplete",
    ),
    "a test with a carbon ground": (
        ("/criteria/1/ground", "reduction"),
        "/criteria/1/ground",
        "ground-only-of-carbon",
    ),
    "more than all": (
        ("/criteria/2/rows/0/grades/one", "120"),
        "/criteria/2/rows/0/grades/one",
        "criterion-unreachable",
    ),
    "a parameter gone on which limits hang": (
        ("/parameters/1", ...),
        "/criteria/0/by/1",
        "limit-hangs-on-nothing",
    ),
    "a table on an endless number": (
        ("/parameters/1/most", None),
        "/criteria/0/by/1",
        "limit-hangs-on-the-endless",
    ),
    "a table on what need not be stated": (
        ("/parameters/1/required", "never"),
        "/criteria/0/by/1",
        "limit-hangs-on-the-optional",
    ),
    "interpolated along nothing": (
        ("/criteria/0/interpolate", "mass"),
        "/criteria/0/interpolate",
        "limit-hangs-on-nothing",
    ),
    "a row for no product": (
        ("/criteria/0/rows/0/when/0/one_of/0", "bus"),
        "/criteria/0/rows/0/when/0/one_of/0",
        "choice-unknown",
    ),
    "a row from nowhere to nowhere": (
        ("/criteria/0/rows/0/when/1/below", "10"),
        "/criteria/0/rows/0/when/1/below",
        "range-turned",
    ),
    "a hole": (("/criteria/0/rows/1/when/1/from", "18"), "/criteria/0/rows", "ranges-hole"),
    "an overlap": (("/criteria/0/rows/1/when/1/from", "16"), "/criteria/0/rows/1", "ranges-overlap"),
    "a class without a row": (("/criteria/0/rows/2", ...), "/criteria/0/rows", "ranges-hole"),
}
