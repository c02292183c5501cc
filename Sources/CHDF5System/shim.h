// The serial HDF5 library. Found through pkg-config as hdf5-serial, because the plain name hdf5 may point at an MPI build.
#include <hdf5.h>
