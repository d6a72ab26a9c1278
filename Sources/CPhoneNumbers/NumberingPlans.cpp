#include "CPhoneNumbers.h"

#include <dlfcn.h>
#include <phonenumbers/phonemetadata.pb.h>
#include <sys/stat.h>

namespace i18n {
namespace phonenumbers {
// The library exports its metadata under these names but installs no header for them.
int metadata_size();
const void *metadata_get();
}  // namespace phonenumbers
}  // namespace i18n

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneMetadataCollection;
using i18n::phonenumbers::PhoneNumberDesc;

namespace {

// Read once; the texts that go out point into it and live as long as the program.
const PhoneMetadataCollection &plans() {
    static const PhoneMetadataCollection *const collection = [] {
        auto *read = new PhoneMetadataCollection;
        if (!read->ParseFromArray(i18n::phonenumbers::metadata_get(), i18n::phonenumbers::metadata_size())) {
            read->Clear();
        }
        return read;
    }();
    return *collection;
}

uint32_t lengths(const google::protobuf::RepeatedField<google::protobuf::int32> &values) {
    uint32_t bits = 0;
    for (const int length : values) {
        // -1 says that the kind does not exist.
        if (length >= 0 && length < 32) bits |= uint32_t{1} << length;
    }
    return bits;
}

cpn_range range(const PhoneNumberDesc &desc) {
    return cpn_range{
        desc.national_number_pattern().c_str(),
        lengths(desc.possible_length()),
        lengths(desc.possible_length_local_only()),
        desc.possible_length_size() > 0,
    };
}

}  // namespace

int32_t cpn_plan_count(void) {
    try {
        return plans().metadata_size();
    } catch (...) {
        return 0;
    }
}

bool cpn_plan_at(int32_t index, cpn_plan *plan) {
    try {
        if (index < 0 || index >= plans().metadata_size()) return false;
        const PhoneMetadata &data = plans().metadata(index);
        plan->region = data.id().c_str();
        plan->calling_code = data.country_code();
        plan->national_prefix = data.national_prefix_for_parsing().c_str();
        plan->transforms_prefix = data.has_national_prefix_transform_rule();
        plan->international_prefix = data.international_prefix().c_str();
        plan->leading_digits = data.leading_digits().c_str();
        plan->mobile_is_fixed_line = data.same_mobile_and_fixed_line_pattern();
        plan->general = range(data.general_desc());
        plan->ranges[CPN_KIND_FIXED_LINE] = range(data.fixed_line());
        plan->ranges[CPN_KIND_MOBILE] = range(data.mobile());
        plan->ranges[CPN_KIND_FIXED_LINE_OR_MOBILE] = cpn_range{"", 0, 0, false};
        plan->ranges[CPN_KIND_TOLL_FREE] = range(data.toll_free());
        plan->ranges[CPN_KIND_PREMIUM_RATE] = range(data.premium_rate());
        plan->ranges[CPN_KIND_SHARED_COST] = range(data.shared_cost());
        plan->ranges[CPN_KIND_VOIP] = range(data.voip());
        plan->ranges[CPN_KIND_PERSONAL] = range(data.personal_number());
        plan->ranges[CPN_KIND_PAGER] = range(data.pager());
        plan->ranges[CPN_KIND_UAN] = range(data.uan());
        plan->ranges[CPN_KIND_VOICEMAIL] = range(data.voicemail());
        return true;
    } catch (...) {
        return false;
    }
}

int64_t cpn_library_time(void) {
    Dl_info where;
    struct stat file;
    if (dladdr(reinterpret_cast<const void *>(&i18n::phonenumbers::metadata_get), &where) == 0) return 0;
    if (where.dli_fname == nullptr || stat(where.dli_fname, &file) != 0) return 0;
    return static_cast<int64_t>(file.st_mtime);
}
