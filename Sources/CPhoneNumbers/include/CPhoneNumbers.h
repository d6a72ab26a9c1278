#ifndef CPHONENUMBERS_H
#define CPHONENUMBERS_H

// A plain C face for the parts of libphonenumber that Offhook uses. Every function may be called
// from any thread, none keeps state between calls, and no C++ exception leaves one: a failure
// inside the library is reported as CPN_FAILED, 0, or false. Strings that come in need not end in
// NUL where a length is given; strings that go out always do.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What became of a text that should be a phone number.
typedef enum {
    /// A number of a length that its region uses; whether it is assigned is in `valid`.
    CPN_OK = 0,
    /// Not a phone number at all.
    CPN_NOT_A_NUMBER = 1,
    /// The country code is not in use, or the text needs a region and none is known.
    CPN_UNKNOWN_COUNTRY_CODE = 2,
    /// Fewer digits than any number of its region.
    CPN_TOO_SHORT = 3,
    /// More digits than any number of its region.
    CPN_TOO_LONG = 4,
    /// A length between the shortest and the longest that no number of its region has.
    CPN_IMPOSSIBLE_LENGTH = 5,
    /// A subscriber number without its area code.
    CPN_LOCAL_ONLY = 6,
    /// The library failed (out of memory).
    CPN_FAILED = 7
} cpn_status;

/// What a number is for, as far as its digits tell. The order is this header's own.
typedef enum {
    CPN_KIND_FIXED_LINE = 0,
    CPN_KIND_MOBILE = 1,
    CPN_KIND_FIXED_LINE_OR_MOBILE = 2,
    CPN_KIND_TOLL_FREE = 3,
    CPN_KIND_PREMIUM_RATE = 4,
    CPN_KIND_SHARED_COST = 5,
    CPN_KIND_VOIP = 6,
    CPN_KIND_PERSONAL = 7,
    CPN_KIND_PAGER = 8,
    CPN_KIND_UAN = 9,
    CPN_KIND_VOICEMAIL = 10,
    CPN_KIND_UNKNOWN = 11
} cpn_kind;

/// A number that was read.
typedef struct {
    /// The E.164 digits without the plus; 0 unless the status is CPN_OK.
    int64_t e164;
    /// The country calling code, 1...999.
    int32_t calling_code;
    cpn_kind kind;
    /// Whether the digits fit a range that is in use, by the library's metadata.
    bool valid;
    /// ISO 3166 alpha-2 code, "001" for codes of no country, empty when it cannot be told.
    char region[4];
    /// The extension's digits, empty if none.
    char extension[24];
} cpn_number;

/// Reads a text as a number, in the way of `region` when it has no country code.
cpn_status cpn_parse(const char *text, size_t length, const char *region, cpn_number *number);

/// Whether the library reads the letters of the text as keypad digits ("1-800-FLOWERS").
bool cpn_is_vanity(const char *text, size_t length);

/// Whether the region is one that the library has numbers for.
bool cpn_is_known_region(const char *region);

/// The country calling code of a region, or 0.
int32_t cpn_calling_code(const char *region);

/// Writes all regions that the library knows, joined by commas. Returns the length, 0 on failure.
size_t cpn_known_regions(char *buffer, size_t capacity);

/// Writes the regions that share a calling code, main region first, joined by commas. Returns the length.
size_t cpn_regions_of_calling_code(int32_t calling_code, char *buffer, size_t capacity);

/// A number of a region that is in use, as E.164 digits: a mobile one for CPN_KIND_MOBILE, else a fixed line. 0 if it has none.
int64_t cpn_example_number(const char *region, cpn_kind kind);

/// Writes the digits of the national form (trunk prefix included). Returns the length, 0 on failure.
size_t cpn_national_digits(int64_t e164, char *buffer, size_t capacity);

/// Writes the digits dialled in a region before a foreign country code. Returns the length, 0 if
/// the region has none or several of equal right.
size_t cpn_international_prefix(const char *region, char *buffer, size_t capacity);

/// Whether the digits are an emergency number of the region, no more and no less.
bool cpn_is_emergency(const char *digits, size_t length, const char *region);

/// Whether the digits reach an emergency service of the region, further digits after it ignored
/// where the region's network ignores them.
bool cpn_connects_to_emergency(const char *digits, size_t length, const char *region);

/// Whether the digits are a short number (information, directory, service) of the region.
bool cpn_is_short_number(const char *digits, size_t length, const char *region);

/// The numbers of one kind, as the library's metadata describes them.
typedef struct {
    /// A regular expression over the national digits, matched whole; empty if the kind does not exist.
    const char *pattern;
    /// Bit n: numbers of n digits are possible.
    uint32_t lengths;
    /// Bit n: n digits can be dialled within an area only.
    uint32_t local_lengths;
    /// Whether `lengths` says anything.
    bool has_lengths;
} cpn_range;

/// The numbering plan of a region. All texts live as long as the program.
typedef struct {
    /// ISO 3166 alpha-2 code, or "001".
    const char *region;
    int32_t calling_code;
    /// A regular expression of what is dialled before a national number; may be empty.
    const char *national_prefix;
    /// Whether that prefix is replaced by other digits and not just taken off.
    bool transforms_prefix;
    /// A regular expression of what is dialled before a country code.
    const char *international_prefix;
    /// A regular expression of the first digits that tell this region from others of its calling code; may be empty.
    const char *leading_digits;
    /// Whether fixed lines and mobile phones cannot be told apart.
    bool mobile_is_fixed_line;
    cpn_range general;
    /// By cpn_kind; CPN_KIND_FIXED_LINE_OR_MOBILE is unused.
    cpn_range ranges[11];
} cpn_plan;

/// How many plans the library's metadata holds.
int32_t cpn_plan_count(void);

/// When the library's file was made, in seconds since 1970 UTC; 0 if it cannot be told.
int64_t cpn_library_time(void);

/// Reads a plan. False if there is none of that index.
bool cpn_plan_at(int32_t index, cpn_plan *plan);

#ifdef __cplusplus
}
#endif

#endif
