using System.Runtime.CompilerServices;

// Every native signature of this assembly is blittable: what is written is what libc gets, and no stub is made at run time.
[assembly: DisableRuntimeMarshalling]
