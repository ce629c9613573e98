// Functions that must become part of the loop that calls them: a tile of sums whose address is
// taken lives in memory. Where sanitizers check every load by itself a compiler would take minutes
// for one file of such loops; their builds are not for speed and leave it to the compiler.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define LENS_ALWAYS_INLINE
#else
#define LENS_ALWAYS_INLINE __attribute__((always_inline))
#endif
