#define _GNU_SOURCE

#include "chdf5.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

hid_t chdf5_native_double(void) { return H5T_NATIVE_DOUBLE; }
hid_t chdf5_native_int64(void) { return H5T_NATIVE_INT64; }
hid_t chdf5_native_int32(void) { return H5T_NATIVE_INT32; }
hid_t chdf5_native_int8(void) { return H5T_NATIVE_INT8; }
hid_t chdf5_native_uint8(void) { return H5T_NATIVE_UINT8; }
hid_t chdf5_ieee_f64le(void) { return H5T_IEEE_F64LE; }
hid_t chdf5_std_i64le(void) { return H5T_STD_I64LE; }
hid_t chdf5_std_i8le(void) { return H5T_STD_I8LE; }
hid_t chdf5_std_u8le(void) { return H5T_STD_U8LE; }
hid_t chdf5_std_i32le(void) { return H5T_STD_I32LE; }
hid_t chdf5_std_ref_obj(void) { return H5T_STD_REF_OBJ; }
hid_t chdf5_c_s1(void) { return H5T_C_S1; }

hid_t chdf5_class_file_create(void) { return H5P_FILE_CREATE; }
hid_t chdf5_class_file_access(void) { return H5P_FILE_ACCESS; }
hid_t chdf5_class_dataset_create(void) { return H5P_DATASET_CREATE; }
hid_t chdf5_class_group_create(void) { return H5P_GROUP_CREATE; }

unsigned chdf5_acc_excl(void) { return H5F_ACC_EXCL; }
unsigned chdf5_acc_rdonly(void) { return H5F_ACC_RDONLY; }
hsize_t chdf5_unlimited(void) { return H5S_UNLIMITED; }
size_t chdf5_variable_length(void) { return H5T_VARIABLE; }

// The library's exit handler flushes what is still open, and crashes where the disk refused a file's header (1.10.8). Every
// handle is closed by its owner, so the handler has nothing to do; it must be put off before the library's first call.
__attribute__((constructor)) static void keep_from_exit_handler(void) { H5dont_atexit(); }

void chdf5_quiet_errors(void) {
    static _Thread_local bool quiet = false;
    if (!quiet) {
        quiet = H5Eset_auto2(H5E_DEFAULT, NULL, NULL) >= 0;
    }
}

struct walk {
    char *outermost;
    char *innermost;
    size_t capacity;
    int system_error;
};

static herr_t visit(unsigned n, const H5E_error2_t *entry, void *data) {
    struct walk *walk = data;
    const char *text = entry->desc ? entry->desc : "";
    if (n == 0) {
        snprintf(walk->innermost, walk->capacity, "%s", text);
    }
    snprintf(walk->outermost, walk->capacity, "%s", text);
    // The file driver writes the errno into its description; by now the variable itself may have changed.
    const char *mark = strstr(text, "errno = ");
    if (mark && walk->system_error == 0) {
        sscanf(mark, "errno = %d", &walk->system_error);
    }
    return 0;
}

int chdf5_describe_error(char *outermost, char *innermost, size_t capacity) {
    if (capacity == 0) {
        return 0;
    }
    outermost[0] = innermost[0] = '\0';
    struct walk walk = {outermost, innermost, capacity, 0};
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, visit, &walk);
    return walk.system_error;
}

herr_t chdf5_disable_metadata_evictions(hid_t file_access_list) {
    H5AC_cache_config_t config;
    memset(&config, 0, sizeof config);
    config.version = H5AC__CURR_CACHE_CONFIG_VERSION;
    if (H5Pget_mdc_config(file_access_list, &config) < 0) {
        return -1;
    }
    // Evictions may be off only while the cache does not resize itself.
    config.evictions_enabled = false;
    config.incr_mode = H5C_incr__off;
    config.flash_incr_mode = H5C_flash_incr__off;
    config.decr_mode = H5C_decr__off;
    return H5Pset_mdc_config(file_access_list, &config);
}

static int descriptor(hid_t file) {
    void *handle = NULL;
    if (H5Fget_vfd_handle(file, H5P_DEFAULT, &handle) < 0 || !handle) {
        return -1;
    }
    return *(int *)handle;
}

int chdf5_reserve_space(hid_t file) {
    int fd = descriptor(file);
    haddr_t end = 0;
    if (fd < 0 || H5Fget_eoa(file, &end) < 0) {
        return EBADF;
    }
    // Reserving does not heed the limit on the size of files; writing does.
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && end > limit.rlim_cur) {
        return EFBIG;
    }
    while (fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, (off_t)end) != 0) {
        if (errno == EINTR) {
            continue;
        }
        return errno == EOPNOTSUPP || errno == ENOSYS ? 0 : errno;
    }
    return 0;
}

int chdf5_detach_from_disk(hid_t file) {
    int fd = descriptor(file);
    if (fd < 0) {
        return EBADF;
    }
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere < 0) {
        return errno;
    }
    int failure = dup3(nowhere, fd, O_CLOEXEC) < 0 ? errno : 0;
    close(nowhere);
    return failure;
}
