// What Swift cannot import from hdf5.h (macros that expand to calls, and mutable globals), plus the few tasks that are
// clearer in C: reading the error stack, and settings kept in large C structures.

#ifndef CHDF5_H
#define CHDF5_H

#include <hdf5.h>

// Predefined types. The identifiers belong to the library and must not be closed.
hid_t chdf5_native_double(void);
hid_t chdf5_native_int64(void);
hid_t chdf5_native_int32(void);
hid_t chdf5_native_int8(void);
hid_t chdf5_native_uint8(void);
hid_t chdf5_ieee_f64le(void);
hid_t chdf5_std_i64le(void);
hid_t chdf5_std_i8le(void);
hid_t chdf5_std_u8le(void);
hid_t chdf5_std_i32le(void);
hid_t chdf5_std_ref_obj(void);
hid_t chdf5_c_s1(void);

// Property list classes.
hid_t chdf5_class_file_create(void);
hid_t chdf5_class_file_access(void);
hid_t chdf5_class_dataset_create(void);
hid_t chdf5_class_group_create(void);

// Flags and constants.
unsigned chdf5_acc_excl(void);
unsigned chdf5_acc_rdonly(void);
hsize_t chdf5_unlimited(void);
size_t chdf5_variable_length(void);

// Turns off the printing of the error stack to stderr for the calling thread. HDF5 keeps that setting per thread; calls
// after the first of a thread cost one test.
void chdf5_quiet_errors(void);

// Copies the descriptions of the outermost and the innermost entry of the calling thread's error stack; empty when
// there is none. Returns the errno that a failed system call left in the stack, or 0.
int chdf5_describe_error(char *outermost, char *innermost, size_t capacity);

// Stops the metadata cache from writing entries before it is told to flush.
herr_t chdf5_disable_metadata_evictions(hid_t file_access_list);

// Asks the file system for all the space the file will need at its next flush, so that a full disk shows before any
// metadata is overwritten. Returns 0 or an errno; 0 too where the file system cannot reserve space.
int chdf5_reserve_space(hid_t file);

// Cuts the open file off from the disk: what HDF5 still writes, also when closing, goes nowhere.
// Returns 0 or an errno.
int chdf5_detach_from_disk(hid_t file);

#endif
