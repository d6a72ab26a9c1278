#include "CPhoneNumbers.h"

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include <cctype>
#include <cstdlib>
#include <cstring>
#include <list>
#include <set>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

namespace {

// The library's word for "no region": with it only texts with a country code can be read.
constexpr const char *kNoRegion = "ZZ";

const PhoneNumberUtil &util() { return *PhoneNumberUtil::GetInstance(); }

const ShortNumberInfo &shortNumbers() {
    static const ShortNumberInfo info;
    return info;
}

// Runs a body that may throw and answers `fallback` if it does: exceptions must not reach Swift.
template <typename Result, typename Body>
Result guarded(Result fallback, Body body) noexcept {
    try {
        return body();
    } catch (...) {
        return fallback;
    }
}

size_t copyOut(const std::string &text, char *buffer, size_t capacity) {
    if (text.size() + 1 > capacity) return 0;
    std::memcpy(buffer, text.c_str(), text.size() + 1);
    return text.size();
}

std::string digitsOf(const std::string &text) {
    std::string digits;
    for (unsigned char character : text) {
        if (std::isdigit(character)) digits.push_back(static_cast<char>(character));
    }
    return digits;
}

std::string joined(const std::list<std::string> &parts) {
    std::string text;
    for (const std::string &part : parts) {
        if (!text.empty()) text.push_back(',');
        text += part;
    }
    return text;
}

bool parseE164(int64_t e164, PhoneNumber *number) {
    return util().Parse("+" + std::to_string(e164), kNoRegion, number) == PhoneNumberUtil::NO_PARSING_ERROR;
}

cpn_kind kindOf(PhoneNumberUtil::PhoneNumberType type) {
    switch (type) {
    case PhoneNumberUtil::FIXED_LINE: return CPN_KIND_FIXED_LINE;
    case PhoneNumberUtil::MOBILE: return CPN_KIND_MOBILE;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: return CPN_KIND_FIXED_LINE_OR_MOBILE;
    case PhoneNumberUtil::TOLL_FREE: return CPN_KIND_TOLL_FREE;
    case PhoneNumberUtil::PREMIUM_RATE: return CPN_KIND_PREMIUM_RATE;
    case PhoneNumberUtil::SHARED_COST: return CPN_KIND_SHARED_COST;
    case PhoneNumberUtil::VOIP: return CPN_KIND_VOIP;
    case PhoneNumberUtil::PERSONAL_NUMBER: return CPN_KIND_PERSONAL;
    case PhoneNumberUtil::PAGER: return CPN_KIND_PAGER;
    case PhoneNumberUtil::UAN: return CPN_KIND_UAN;
    case PhoneNumberUtil::VOICEMAIL: return CPN_KIND_VOICEMAIL;
    default: return CPN_KIND_UNKNOWN;
    }
}

cpn_status statusOf(PhoneNumberUtil::ErrorType error) {
    switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR: return CPN_OK;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR: return CPN_UNKNOWN_COUNTRY_CODE;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN: return CPN_TOO_SHORT;
    case PhoneNumberUtil::TOO_LONG_NSN: return CPN_TOO_LONG;
    default: return CPN_NOT_A_NUMBER;
    }
}

cpn_status statusOf(PhoneNumberUtil::ValidationResult result) {
    switch (result) {
    case PhoneNumberUtil::IS_POSSIBLE: return CPN_OK;
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY: return CPN_LOCAL_ONLY;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE: return CPN_UNKNOWN_COUNTRY_CODE;
    case PhoneNumberUtil::TOO_SHORT: return CPN_TOO_SHORT;
    case PhoneNumberUtil::TOO_LONG: return CPN_TOO_LONG;
    default: return CPN_IMPOSSIBLE_LENGTH;
    }
}

// A length that only special numbers have otherwise (1300 ... in Australia) is possible to the library as a whole; as a telephone's
// it is one without its area code.
bool lacksAreaCode(const PhoneNumber &number) {
    return util().IsPossibleNumberForTypeWithReason(number, PhoneNumberUtil::FIXED_LINE)
            == PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY
        && util().IsPossibleNumberForTypeWithReason(number, PhoneNumberUtil::MOBILE) != PhoneNumberUtil::IS_POSSIBLE;
}

cpn_status describe(const PhoneNumber &number, cpn_number *out) {
    const cpn_status status = statusOf(util().IsPossibleNumberWithReason(number));
    if (status != CPN_OK) return status;
    std::string e164;
    util().Format(number, PhoneNumberUtil::E164, &e164);
    // 15 digits are E.164's limit; the library lets 17 pass for a few countries.
    if (e164.size() > 16) return CPN_TOO_LONG;
    std::string region;
    util().GetRegionCodeForNumber(number, &region);
    if (region != kNoRegion) copyOut(region, out->region, sizeof out->region);
    if (number.has_extension()) copyOut(number.extension(), out->extension, sizeof out->extension);
    out->e164 = std::strtoll(e164.c_str() + 1, nullptr, 10);
    out->calling_code = number.country_code();
    out->kind = kindOf(util().GetNumberType(number));
    // A number is valid by the library's own definition if it has a type; asking again would match every pattern twice.
    out->valid = out->kind != CPN_KIND_UNKNOWN;
    return out->valid || !lacksAreaCode(number) ? CPN_OK : CPN_LOCAL_ONLY;
}

}  // namespace

cpn_status cpn_parse(const char *text, size_t length, const char *region, cpn_number *number) {
    std::memset(number, 0, sizeof *number);
    number->kind = CPN_KIND_UNKNOWN;
    return guarded(CPN_FAILED, [&] {
        PhoneNumber parsed;
        const cpn_status status = statusOf(util().Parse(std::string(text, length), region, &parsed));
        return status == CPN_OK ? describe(parsed, number) : status;
    });
}

bool cpn_is_vanity(const char *text, size_t length) {
    return guarded(false, [&] { return util().IsAlphaNumber(std::string(text, length)); });
}

bool cpn_is_known_region(const char *region) { return cpn_calling_code(region) != 0; }

int32_t cpn_calling_code(const char *region) {
    return guarded(int32_t{0}, [&] { return static_cast<int32_t>(util().GetCountryCodeForRegion(region)); });
}

size_t cpn_known_regions(char *buffer, size_t capacity) {
    return guarded(size_t{0}, [&] {
        std::set<std::string> regions;
        util().GetSupportedRegions(&regions);
        return copyOut(joined(std::list<std::string>(regions.begin(), regions.end())), buffer, capacity);
    });
}

size_t cpn_regions_of_calling_code(int32_t calling_code, char *buffer, size_t capacity) {
    return guarded(size_t{0}, [&] {
        std::list<std::string> regions;
        util().GetRegionCodesForCountryCallingCode(calling_code, &regions);
        return copyOut(joined(regions), buffer, capacity);
    });
}

size_t cpn_national_digits(int64_t e164, char *buffer, size_t capacity) {
    return guarded(size_t{0}, [&]() -> size_t {
        PhoneNumber number;
        if (!parseE164(e164, &number)) return 0;
        std::string national;
        util().Format(number, PhoneNumberUtil::NATIONAL, &national);
        return copyOut(digitsOf(national), buffer, capacity);
    });
}

int64_t cpn_example_number(const char *region, cpn_kind kind) {
    return guarded(int64_t{0}, [&]() -> int64_t {
        PhoneNumber number;
        const auto type = kind == CPN_KIND_MOBILE ? PhoneNumberUtil::MOBILE : PhoneNumberUtil::FIXED_LINE;
        if (!util().GetExampleNumberForType(region, type, &number)) return 0;
        std::string e164;
        util().Format(number, PhoneNumberUtil::E164, &e164);
        return std::strtoll(e164.c_str() + 1, nullptr, 10);
    });
}

size_t cpn_international_prefix(const char *region, char *buffer, size_t capacity) {
    return guarded(size_t{0}, [&]() -> size_t {
        // The library has no question for the prefix alone, so a foreign number is written out as it is
        // dialled from the region and its own digits are taken off the end. London and Berlin: one
        // of them is foreign to every region.
        const bool fromBritain = util().GetCountryCodeForRegion(region) == 44;
        const int64_t foreign = fromBritain ? 4930123456 : 442079460000;
        PhoneNumber number;
        if (!parseE164(foreign, &number)) return 0;
        std::string dialled;
        util().FormatOutOfCountryCallingNumber(number, region, &dialled);
        // A plus stands where no single prefix can be named.
        if (dialled.empty() || dialled.front() == '+') return 0;
        const std::string digits = digitsOf(dialled);
        const std::string own = std::to_string(foreign);
        if (digits.size() <= own.size()) return 0;
        return copyOut(digits.substr(0, digits.size() - own.size()), buffer, capacity);
    });
}

bool cpn_is_emergency(const char *digits, size_t length, const char *region) {
    return guarded(false, [&] { return shortNumbers().IsEmergencyNumber(std::string(digits, length), region); });
}

bool cpn_connects_to_emergency(const char *digits, size_t length, const char *region) {
    return guarded(false, [&] {
        return shortNumbers().ConnectsToEmergencyNumber(std::string(digits, length), region);
    });
}

bool cpn_is_short_number(const char *digits, size_t length, const char *region) {
    return guarded(false, [&] {
        PhoneNumber number;
        const auto error = util().Parse(std::string(digits, length), region, &number);
        return error == PhoneNumberUtil::NO_PARSING_ERROR
            && shortNumbers().IsValidShortNumberForRegion(number, region);
    });
}
