#ifndef CPROCESS_H
#define CPROCESS_H

// Functions of Linux that take a variable number of arguments, or are GNU's, and so are not imported into Swift.

/// Has the kernel send this process a signal when the thread that started it ends.
///
/// Returns 0, or -1 with errno set.
int cprocess_signal_when_parent_ends(int signal_number);

/// A new file in memory, without a name and closed by exec: its descriptor, or -1 with errno set.
int cprocess_memory_file(void);

#endif
